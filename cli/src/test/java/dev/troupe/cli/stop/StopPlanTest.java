package dev.troupe.cli.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.process.ClusterProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StopPlanTest {
  private final StopPlan plan =
      new StopPlan(
          Map.of("A", List.of(), "B", List.of("A"), "C", List.of("B"), "D", List.of()),
          Duration.ofSeconds(10));

  @Test
  void gatewaysAreStoppedFirstAndEachServiceAfterThoseThatDependOnIt() {
    assertThat(waves("A-1", "A-2", "gateway-1", "B-1", "C-1", "D-1"))
        .containsExactly(
            List.of("gateway-1"), List.of("C-1", "D-1"), List.of("B-1"), List.of("A-1", "A-2"));
  }

  @Test
  void aCircleInChangedSettingsDoesNotPreventAStop() {
    StopPlan circular =
        new StopPlan(Map.of("A", List.of("B"), "B", List.of("A")), Duration.ofSeconds(10));

    assertThat(circular.nextWave(processes("A-1", "B-1"))).hasSize(2);
  }

  @Test
  void theWholeIsBoundedByAllWavesAndNotByOne() {
    assertThat(plan.whole()).isGreaterThanOrEqualTo(plan.each().multipliedBy(5));
  }

  private List<List<String>> waves(String... slots) {
    List<List<String>> waves = new ArrayList<>();
    List<ClusterProcess> left = new ArrayList<>(processes(slots));
    while (!left.isEmpty()) {
      List<String> wave = plan.nextWave(left).stream().map(ClusterProcess::slot).toList();
      waves.add(wave);
      left.removeIf(process -> wave.contains(process.slot()));
    }
    return waves;
  }

  private static List<ClusterProcess> processes(String... slots) {
    return Stream.of(slots).map(slot -> new ClusterProcess(ProcessHandle.current(), slot)).toList();
  }
}
