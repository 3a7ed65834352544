package dev.troupe.cli.stop;

import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which processes are stopped, and the time that they have. Gateways are stopped
 * first, then each service after those that depend on it.
 *
 * @param dependsOn the services that each service depends on, by service
 * @param each how long one process may take from SIGTERM to its end
 */
public record StopPlan(Map<String, List<String>> dependsOn, Duration each) {
  private static final Duration DEFAULT = Duration.ofSeconds(10);
  // Time to notice that a process has ended.
  private static final Duration SLACK_OF_EACH = Duration.ofSeconds(2);
  private static final Duration KILL = Duration.ofSeconds(5);
  private static final Duration SLACK = Duration.ofSeconds(5);

  public StopPlan {
    dependsOn = Map.copyOf(dependsOn);
  }

  public static StopPlan of(Settings settings) {
    Map<String, List<String>> dependsOn = new HashMap<>();
    for (ServiceSettings service : settings.services()) {
      dependsOn.put(service.name(), service.dependsOn());
    }
    return new StopPlan(dependsOn, settings.stop().drainTimeout().plus(settings.stop().grace()));
  }

  /** From the settings of {@code home}. Settings that cannot be read must not prevent a stop. */
  static StopPlan of(Path home) {
    try {
      return of(RunningFiles.settings(home));
    } catch (SettingsException e) {
      return new StopPlan(Map.of(), DEFAULT);
    }
  }

  /** The longest time from a request to stop one process to its end, SIGKILL included. */
  public Duration longestOfOne() {
    return each.plus(KILL).plus(SLACK_OF_EACH);
  }

  /**
   * How long a stop waits for the seed node, which stops all others one wave after the other: a
   * little longer than the seed node allows itself, each wave with its SIGKILL.
   */
  Duration whole() {
    return longestOfOne().multipliedBy(1L + dependsOn.size()).plus(SLACK);
  }

  /** Those of {@code alive} on which no other process of {@code alive} depends. */
  List<ClusterProcess> nextWave(Collection<ClusterProcess> alive) {
    List<ClusterProcess> gateways =
        alive.stream().filter(process -> service(process).equals(NodeNames.GATEWAY)).toList();
    if (!gateways.isEmpty()) {
      return gateways;
    }
    List<String> needed =
        alive.stream()
            .flatMap(process -> dependsOn.getOrDefault(service(process), List.of()).stream())
            .toList();
    List<ClusterProcess> free =
        alive.stream().filter(process -> !needed.contains(service(process))).toList();
    // Settings that were edited since the start may have a dependency cycle.
    return free.isEmpty() ? List.copyOf(alive) : free;
  }

  private static String service(ClusterProcess process) {
    return NodeNames.serviceOf(process.slot());
  }
}
