package dev.troupe.seed.supervisor;

import static dev.troupe.protocol.control.SlotState.BACKING_OFF;
import static dev.troupe.protocol.control.SlotState.FAILED;
import static dev.troupe.protocol.control.SlotState.JOINING;
import static dev.troupe.protocol.control.SlotState.LAUNCHING;
import static dev.troupe.protocol.control.SlotState.PENDING;
import static dev.troupe.protocol.control.SlotState.RUNNING;
import static dev.troupe.protocol.control.SlotState.STOPPED;
import static dev.troupe.protocol.control.SlotState.STOPPING;
import static dev.troupe.seed.supervisor.Statuses.slot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** C depends on B, which depends on A; D depends on nothing; there is a gateway. */
final class DependenciesTest {
  private final Dependencies dependencies =
      new Dependencies(
          Map.of("A", List.of(), "B", List.of("A"), "C", List.of("B"), "D", List.of()));

  @Test
  void whatNeedsNothingMayStartAtOnce() {
    assertThat(startable(all(PENDING))).containsExactly("gateway-1", "A-1", "D-1");
  }

  @Test
  void aServiceMayStartWhenWhatItNeedsRuns() {
    assertThat(startable(List.of(slot("A-1", RUNNING), slot("B-1", PENDING), slot("C-1", PENDING))))
        .containsExactly("B-1");
  }

  @Test
  void oneRunningInstanceIsEnough() {
    assertThat(startable(List.of(slot("A-1", FAILED), slot("A-2", RUNNING), slot("B-1", PENDING))))
        .containsExactly("B-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = SlotState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RUNNING", "PENDING"})
  void nothingButRunningWillDo(SlotState state) {
    List<SlotStatus> slots = List.of(slot("A-1", state), slot("B-1", PENDING));

    assertThat(startable(slots)).isEmpty();
    assertThat(dependencies.missing("B", slots)).containsExactly("A");
  }

  @Test
  void onlyWhatWaitsMayStart() {
    assertThat(startable(List.of(slot("A-1", STOPPED), slot("D-1", BACKING_OFF)))).isEmpty();
  }

  @Test
  void stopComesInWavesGatewaysThenDependentsThenWhatTheyNeed() {
    List<SlotStatus> slots = all(RUNNING);
    List<List<String>> waves = new ArrayList<>();
    while (!slots.stream().allMatch(Dependencies::isAtRest)) {
      List<String> wave = stoppable(slots);
      waves.add(wave);
      slots =
          slots.stream()
              .map(slot -> wave.contains(slot.slot()) ? slot(slot.slot(), STOPPED) : slot)
              .toList();
    }

    assertThat(waves)
        .containsExactly(
            List.of("gateway-1"), List.of("C-1", "D-1"), List.of("B-1"), List.of("A-1"));
  }

  @Test
  void aWaveWaitsForWhatIsStillStopping() {
    assertThat(stoppable(List.of(slot("gateway-1", STOPPING), slot("A-1", RUNNING)))).isEmpty();
    assertThat(stoppable(List.of(slot("A-1", RUNNING), slot("B-1", STOPPING)))).isEmpty();
  }

  @Test
  void whateverMayStillRunIsStopped() {
    assertThat(
            stoppable(
                List.of(
                    slot("A-1", PENDING),
                    slot("A-2", JOINING),
                    slot("D-1", BACKING_OFF),
                    slot("D-2", FAILED))))
        .containsExactly("A-1", "A-2", "D-1");
  }

  @Test
  void whatDoesNotServeYetWaitsForNoWave() {
    assertThat(
            stoppable(
                List.of(
                    slot("gateway-1", RUNNING),
                    slot("A-1", LAUNCHING),
                    slot("A-2", RUNNING),
                    slot("B-1", BACKING_OFF))))
        .containsExactly("gateway-1", "A-1", "B-1");
  }

  @Test
  void allInstancesOfADependentAreWaitedFor() {
    assertThat(stoppable(List.of(slot("A-1", RUNNING), slot("B-1", STOPPED), slot("B-2", RUNNING))))
        .containsExactly("B-2");
  }

  private static List<SlotStatus> all(SlotState state) {
    return List.of(
        slot("gateway-1", state),
        slot("A-1", state),
        slot("B-1", state),
        slot("C-1", state),
        slot("D-1", state));
  }

  private List<String> startable(List<SlotStatus> slots) {
    return dependencies.startable(slots).stream().map(SlotStatus::slot).toList();
  }

  private List<String> stoppable(List<SlotStatus> slots) {
    return dependencies.stoppable(slots).stream().map(SlotStatus::slot).toList();
  }
}
