package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code application.conf} of a home into {@link Settings}: the defaults, the user's file
 * above them, the environment above both.
 */
public final class SettingsLoader {
  /** The one file a user edits. */
  public static final String FILE = "application.conf";

  static final String DEFAULTS = "troupe-defaults.conf";

  private static final Set<String> BLOCKS = Set.of("troupe", "pekko");

  private SettingsLoader() {}

  /**
   * @param home the cluster's directory; without an {@code application.conf} in it the defaults
   *     hold, and those have no services
   * @param environment variables of the process, like {@link System#getenv()}
   * @throws SettingsException when anything in the file or the environment cannot be used
   */
  public static Settings load(Path home, Map<String, String> environment) {
    try {
      Config user = parse(home.resolve(FILE));
      Config merged =
          Environment.overrides(environment)
              .withFallback(user)
              .withFallback(
                  ConfigFactory.parseResources(SettingsLoader.class.getClassLoader(), DEFAULTS))
              .resolve();
      user.resolveWith(merged).root().forEach(SettingsLoader::checkTopLevel);
      return read(home.toAbsolutePath().normalize(), merged);
    } catch (ConfigException e) {
      throw explained(e);
    }
  }

  private static Config parse(Path file) {
    if (!Files.exists(file)) {
      return ConfigFactory.empty(file.toString());
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SettingsException(file + ": cannot be read (expected: a file this user may read)");
    }
    return ConfigFactory.parseFile(
        file.toFile(),
        ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
  }

  private static void checkTopLevel(String key, ConfigValue value) {
    String place = Section.where(value.origin());
    if (!BLOCKS.contains(key)) {
      throw new SettingsException(
          "%s: unknown key '%s'%s (the file has two blocks: troupe and pekko)"
              .formatted(place, key, Nearest.hint(key, BLOCKS)));
    }
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new SettingsException(
          "%s: '%s' is not a block (expected: %s { … })".formatted(place, key, key));
    }
  }

  // Its messages begin with the place, in words of their own.
  private static SettingsException explained(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    ConfigOrigin origin = e.origin();
    if (origin == null || !message.startsWith(origin.description() + ": ")) {
      return new SettingsException(message);
    }
    String problem = message.substring(origin.description().length() + 2);
    return new SettingsException(Section.where(origin) + ": " + problem);
  }

  private static Settings read(Path home, Config merged) {
    return Section.finish(
        new Section("troupe", merged.getConfig("troupe")),
        root ->
            new Settings(
                home,
                ClusterSettings.read(root.section("cluster")),
                GatewaySettings.read(root.section("gateway")),
                SeedSettings.read(root.section("seed")),
                ServicesReader.callDefaults(root),
                ServicesReader.read(root),
                RestartSettings.read(root.section("restart")),
                HealthSettings.read(root.section("health")),
                root.duration("start-timeout", Limits.SECOND, Limits.HOUR),
                root.integer("start-concurrency", 0, 1000),
                StopSettings.read(root.section("stop")),
                root.durationOrNever("orphan-grace", Limits.SECOND, Limits.DAY),
                StorageSettings.read(home, root.section("storage")),
                LogSettings.read(root.section("logs")),
                EventSettings.read(root.section("events")),
                merged.withOnlyPath("pekko")));
  }
}
