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
<<<<<<< HEAD
    return Section.finish(
        new Section("troupe", merged.getConfig("troupe")),
        root ->
            new Settings(
                home,
                ClusterSettings.read(root.section("cluster")),
                GatewaySettings.read(root.section("gateway")),
                SeedSettings.read(root.section("seed")),
                ServicesReader.read(root),
                RestartSettings.read(root.section("restart")),
                HealthSettings.read(root.section("health")),
                root.duration("start-timeout", Limits.SECOND, Limits.HOUR),
                StopSettings.read(root.section("stop")),
                root.duration("orphan-grace", Limits.SECOND, Limits.DAY),
                StorageSettings.read(home, root.section("storage")),
                LogSettings.read(root.section("logs")),
                merged.withOnlyPath("pekko")));
=======
    Section root = new Section("troupe", merged.getConfig("troupe"));
    RestartSettings restart = restart(root.section("restart"));
    Settings settings =
        new Settings(
            home,
            cluster(root.section("cluster")),
            gateway(root.section("gateway")),
            seed(root.section("seed")),
            services(root, restart),
            restart,
            health(root.section("health")),
            root.duration("start-timeout", Limits.SECOND, Limits.HOUR),
            stop(root.section("stop")),
            root.duration("orphan-grace", Limits.SECOND, Limits.DAY),
            storage(home, root.section("storage")),
            logs(root.section("logs")),
            merged.hasPath("pekko")
                ? merged.getConfig("pekko").atPath("pekko")
                : ConfigFactory.empty());
    root.done();
    return settings;
  }

  private static ClusterSettings cluster(Section section) {
    return finish(section, s -> new ClusterSettings(endpoint(s)));
  }

  private static Endpoint endpoint(Section section) {
    return new Endpoint(section.string("host"), section.integer("port", 0, 65535));
  }

  private static GatewaySettings gateway(Section section) {
    return finish(
        section,
        s ->
            new GatewaySettings(
                endpoint(s),
                s.flag("allow-public"),
                s.integer("instances", 1, 16),
                s.strings("jvm-options"),
                s.duration("request-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.bytes("max-body", 1, Limits.GIB),
                s.bytes("max-header-size", 256, Limits.MIB),
                s.integer("max-connections", 1, 1_000_000),
                finish(
                    s.section("waiting-room"),
                    room ->
                        new WaitingRoomSettings(
                            room.integer("max-requests", 0, 1_000_000),
                            room.bytes("max-bytes", 0, Limits.GIB)))));
  }

  private static SeedSettings seed(Section section) {
    return finish(
        section,
        s -> new SeedSettings(s.strings("jvm-options"), s.integer("control-port", 0, 65535)));
  }

  private static List<ServiceSettings> services(Section root, RestartSettings restart) {
    Config defaults = root.raw("service-defaults");
    Section services = root.section("services");
    Map<String, ServiceSettings> byName = new LinkedHashMap<>();
    for (String name : services.keys()) {
      services.require(
          name,
          ServiceDescriptor.NAME.matcher(name).matches() && !RESERVED.contains(name),
          "a block under a name of a letter and then up to 63 of [A-Za-z0-9_],"
              + " other than seed and gateway");
      Config own = services.raw(name).withFallback(defaults);
      byName.put(name, service(name, new Section("troupe.services." + name, own), restart));
    }
    for (ServiceSettings service : byName.values()) {
      for (String dependency : service.dependsOn()) {
        services
            .section(service.name())
            .require(
                "depends-on",
                byName.containsKey(dependency),
                "names of services; did you mean '"
                    + Nearest.to(dependency, byName.keySet())
                    + "'?");
      }
    }
    return inStartOrder(services, byName);
  }

  private static List<ServiceSettings> inStartOrder(
      Section services, Map<String, ServiceSettings> byName) {
    StartOrder.Result result =
        StartOrder.of(
            byName.values().stream()
                .collect(Collectors.toMap(ServiceSettings::name, ServiceSettings::dependsOn)));
    result
        .cycle()
        .ifPresent(
            cycle -> {
              String first = cycle.substring(0, cycle.indexOf(' '));
              services
                  .section(first)
                  .require("depends-on", false, "no cycle, but there is one: " + cycle);
            });
    List<ServiceSettings> ordered = new ArrayList<>();
    result.order().forEach(name -> ordered.add(byName.get(name)));
    return ordered;
  }

  private static ServiceSettings service(String name, Section section, RestartSettings restart) {
    return finish(
        section,
        s ->
            new ServiceSettings(
                name,
                s.string("class"),
                s.integer("instances", 1, 64),
                s.strings("depends-on"),
                s.strings("jvm-options"),
                s.integer("max-in-flight", 1, 1_000_000),
                s.keys().contains("restart") ? overridden(s, restart) : restart,
                s.raw("settings")));
  }

  private static RestartSettings overridden(Section service, RestartSettings defaults) {
    Config fallback =
        ConfigFactory.parseMap(
            Map.of(
                "policy", defaults.policy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "max-restarts", defaults.maxRestarts(),
                "window", defaults.window(),
                "ready-reset", defaults.readyReset(),
                "initial-backoff", defaults.initialBackoff(),
                "max-backoff", defaults.maxBackoff(),
                "jitter", defaults.jitter()));
    return restart(service.section("restart").withFallback(fallback));
  }

  private static RestartSettings restart(Section section) {
    return finish(
        section,
        s ->
            new RestartSettings(
                s.choice("policy", RestartSettings.Policy.class),
                s.integer("max-restarts", 0, 1000),
                s.duration("window", Limits.SECOND, Limits.DAY),
                s.duration("ready-reset", Limits.SECOND, Limits.DAY),
                s.duration("initial-backoff", Limits.MILLISECOND, Limits.HOUR),
                s.duration("max-backoff", Limits.MILLISECOND, Limits.HOUR),
                s.number("jitter", 0, 1)));
  }

  private static HealthSettings health(Section section) {
    return finish(
        section,
        s ->
            new HealthSettings(
                s.duration("check-interval", Limits.MILLISECOND, Limits.HOUR),
                s.duration("heartbeat-timeout", Limits.SECOND, Limits.HOUR),
                s.duration("suspect-after", Limits.SECOND, Limits.HOUR)));
  }

  private static StopSettings stop(Section section) {
    return finish(
        section,
        s ->
            new StopSettings(
                s.duration("drain-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.duration("grace", Limits.MILLISECOND, Limits.HOUR)));
  }

  private static StorageSettings storage(Path home, Section section) {
    return finish(
        section,
        s ->
            new StorageSettings(
                home.resolve(s.string("directory")).normalize(),
                s.duration("busy-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.integer("readers", 1, 64),
                s.integer("max-queued", 1, 1_000_000)));
  }

  private static LogSettings logs(Section section) {
    return finish(
        section,
        s -> {
          String level = s.string("level").toUpperCase(Locale.ROOT);
          s.require("level", LEVELS.contains(level), "TRACE, DEBUG, INFO, WARN, ERROR or OFF");
          return new LogSettings(
              level,
              s.bytes("max-file-size", 10 * 1024, Limits.GIB),
              s.bytes("total-size", 10 * 1024, 1024 * Limits.GIB));
        });
  }

  private static <T> T finish(Section section, Function<Section, T> read) {
    T result = read.apply(section);
    section.done();
    return result;
>>>>>>> f66d797d61261c781ce60f8a948d205c38318028
  }
}
