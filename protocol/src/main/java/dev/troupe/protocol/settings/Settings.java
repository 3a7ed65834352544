package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings of one cluster, read once by {@link SettingsLoader}.
 *
 * @param home the directory that holds everything of the cluster, absolute
 * @param services in the order of {@code dependsOn}: each after what it depends on
 * @param startTimeout from launch to ready; a process that needs longer is stopped and relaunched
 * @param orphanGrace how long a process lives on without a supervisor
 * @param pekko the {@code pekko} block of the user's file, passed to every node
 */
public record Settings(
    Path home,
    ClusterSettings cluster,
    GatewaySettings gateway,
    SeedSettings seed,
    List<ServiceSettings> services,
    RestartSettings restart,
    HealthSettings health,
    Duration startTimeout,
    StopSettings stop,
    Duration orphanGrace,
    StorageSettings storage,
    LogSettings logs,
    EventSettings events,
    Config pekko) {
  public Settings {
    services = List.copyOf(services);
  }

  public Optional<ServiceSettings> service(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** What belongs to the running cluster: logs, control file, state. */
  public Path run() {
    return home.resolve("run");
  }

  public Path logDirectory() {
    return run().resolve("logs");
  }

  /** Where jars of services of one's own are. */
  public Path serviceJars() {
    return home.resolve("services");
  }
}
