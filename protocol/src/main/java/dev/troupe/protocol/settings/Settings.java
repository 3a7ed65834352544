package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one cluster, read once by {@link SettingsLoader}.
 *
 * @param home the directory that holds everything of the cluster, absolute
 * @param callDefaults what bounds the calls of a service that is not one of {@code services}
 * @param services in the order of their start: each after what it depends on, and of the others
 *     those first that more depend on
 * @param startTimeout from launch to ready; a process that needs longer is stopped and relaunched
 * @param startConcurrency processes that may be between launch and membership at a time; 0 stands
 *     for one per processor, and two at least
 * @param orphanGrace how long a process lives on without a supervisor; null if for ever
 * @param pekko the {@code pekko} block of the user's file, passed to every node
 */
public record Settings(
    Path home,
    ClusterSettings cluster,
    GatewaySettings gateway,
    SeedSettings seed,
    ManagementSettings management,
    CallSettings callDefaults,
    List<ServiceSettings> services,
    RestartSettings restart,
    HealthSettings health,
    Duration startTimeout,
    int startConcurrency,
    StopSettings stop,
    @Nullable Duration orphanGrace,
    StreamSettings streams,
    StorageSettings storage,
    BackgroundSettings background,
    LogSettings logs,
    EventSettings events,
    AlertSettings alerts,
    TraceSettings traces,
    MetricsSettings metrics,
    Config pekko) {
  public Settings {
    services = List.copyOf(services);
  }

  public Optional<ServiceSettings> service(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** What bounds the relaunches of the slots of a service, or of a gateway. */
  public RestartSettings restart(String service) {
    return service(service).map(ServiceSettings::restart).orElse(restart);
  }

  /** What bounds the calls of a service; other homes may have services of their own. */
  public CallSettings calls(String service) {
    for (ServiceSettings candidate : services) {
      if (candidate.name().equals(service)) {
        return candidate.calls();
      }
    }
    return callDefaults;
  }

  /** The longest that a call may take with its wait for an instance, whatever service it is of. */
  public Duration longestCall() {
    return services.stream()
        .map(service -> service.calls().requestTimeout())
        .reduce(callDefaults.requestTimeout(), (a, b) -> a.compareTo(b) > 0 ? a : b)
        .plus(gateway.waitingRoom().timeout());
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
