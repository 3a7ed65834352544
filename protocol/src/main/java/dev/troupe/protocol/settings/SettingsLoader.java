package dev.troupe.protocol.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
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
    return settings(home, given(home, environment));
  }

  /** What the environment and the user's file set, without the defaults, and resolved. */
  static Config given(Path home, Map<String, String> environment) {
    try {
      Config overrides = Environment.overrides(environment);
      Config user = parse(home.resolve(FILE));
      Config merged = overrides.withFallback(user).withFallback(defaults()).resolve();
      Config resolved = user.resolveWith(merged);
      resolved.root().forEach(SettingsLoader::checkTopLevel);
      return overrides.withFallback(resolved);
    } catch (ConfigException e) {
      throw explained(e);
    }
  }

  static Settings settings(Path home, Config given) {
    try {
      return read(home.toAbsolutePath().normalize(), given.withFallback(defaults()).resolve());
    } catch (ConfigException e) {
      throw explained(e);
    }
  }

  /** A digest of what the user's file says, comments and layout left out. */
  static String sourceDigest(Path home) {
    try {
      return SettingsSnapshot.digest(
          parse(home.resolve(FILE)).root().render(ConfigRenderOptions.concise()));
    } catch (ConfigException e) {
      throw explained(e);
    }
  }

  private static Config defaults() {
    return ConfigFactory.parseResources(SettingsLoader.class.getClassLoader(), DEFAULTS);
  }

  private static Config parse(Path file) {
    if (!Files.exists(file)) {
      return ConfigFactory.empty(file.toString());
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SettingsException(file + ": cannot be read (expected: a file this user may read)");
    }
    requireUtf8(file);
    return ConfigFactory.parseFile(
        file.toFile(),
        ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
  }

  // The parser would put a replacement character in the place of each byte it cannot decode.
  private static void requireUtf8(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SettingsException(file + ": cannot be read: " + e.getMessage());
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer chars = CharBuffer.allocate(content.length + 1);
    CoderResult result = UTF_8.newDecoder().decode(bytes, chars, true);
    if (result.isError()) {
      long line = chars.flip().chars().filter(c -> c == '\n').count() + 1;
      throw new SettingsException(
          "%s:%d: the byte 0x%02X is not UTF-8 (expected: a file saved as UTF-8)"
              .formatted(file, line, bytes.get(bytes.position())));
    }
  }

  private static void checkTopLevel(String key, ConfigValue value) {
    String place = SectionProblems.where(value.origin());
    if (!BLOCKS.contains(key)) {
      throw new SettingsException(
          "%s: unknown key '%s'%s (the file has two blocks: troupe and pekko)"
              .formatted(place, key, DidYouMean.hint(key, BLOCKS)));
    }
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new SettingsException(
          "%s: '%s' is not a block (expected: %s { … })".formatted(place, key, key));
    }
  }

  // Messages of Config begin with the place in another form than ours.
  private static SettingsException explained(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    ConfigOrigin origin = e.origin();
    if (origin == null || !message.startsWith(origin.description() + ": ")) {
      return new SettingsException(message);
    }
    String problem = message.substring(origin.description().length() + 2);
    return new SettingsException(SectionProblems.where(origin) + ": " + problem);
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
                ManagementSettings.read(root.section("management")),
                ServicesReader.callDefaults(root, home),
                ServicesReader.read(root, home),
                RestartSettings.read(root.section("restart")),
                HealthSettings.read(root.section("health")),
                root.duration("start-timeout", Limits.SECOND, Limits.HOUR),
                root.integer("start-concurrency", 0, 1000),
                StopSettings.read(root.section("stop")),
                root.durationOrNever("orphan-grace", Limits.SECOND, Limits.DAY),
                StreamSettings.read(root.section("streams")),
                StorageSettings.read(home, root.section("storage")),
                BackgroundSettings.read(root.section("background")),
                LogSettings.read(root.section("logs")),
                EventSettings.read(root.section("events")),
                AlertSettings.read(root.section("alerts")),
                TraceSettings.read(root.section("traces")),
                MetricsSettings.read(root.section("metrics")),
                merged.withOnlyPath("pekko")));
  }
}
