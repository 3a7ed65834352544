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
 * In which order processes are stopped, and how long that may take. Gateways are stopped first,
 * then each service after those that depend on it.
 *
 * @param dependsOn what each service depends on, by service
 * @param each how long one process may take from TERM to its end
 */
public record StopPlan(Map<String, List<String>> dependsOn, Duration each) {
  private static final Duration DEFAULT = Duration.ofSeconds(10);
  // As the seed node reckons: what a process may need to be killed and to be seen as ended.
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

  /** By the settings of {@code home}; a file broken since the start must not prevent a stop. */
  static StopPlan of(Path home) {
    try {
      return of(RunningFiles.settings(home));
    } catch (SettingsException e) {
      return new StopPlan(Map.of(), DEFAULT);
    }
  }

  /** From the order to stop to the end of one process, KILL included. */
  public Duration longestOfOne() {
    return each.plus(KILL).plus(SLACK_OF_EACH);
  }

  /** How long the seed node may need to stop all others, one wave after the other. */
  Duration whole() {
    return each.plus(SLACK_OF_EACH).multipliedBy(1L + dependsOn.size()).plus(SLACK);
  }

  /** Those of {@code alive} that can be stopped now: nothing that is alive depends on them. */
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
    // The settings may have become circular since the start.
    return free.isEmpty() ? List.copyOf(alive) : free;
  }

  private static String service(ClusterProcess process) {
    int dash = process.slot().lastIndexOf('-');
    return dash < 0 ? process.slot() : process.slot().substring(0, dash);
  }
}
