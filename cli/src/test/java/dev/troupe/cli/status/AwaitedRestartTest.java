package dev.troupe.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.display.Slots;
import dev.troupe.cli.status.OrderedRestart.AwaitedRestart;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedRestartTest {
  @Test
  void aSlotIsRestartedWhenANewProcessIsReady() {
    AwaitedRestart restart = new AwaitedRestart("A", status(slot(SlotState.RUNNING, 3, 7L)));

    assertThat(restart.isDone(status(slot(SlotState.RUNNING, 3, 7L)))).as("the old one").isFalse();
    assertThat(restart.isDone(status(slot(SlotState.JOINING, 4, 8L)))).isFalse();
    assertThat(restart.isDone(status(slot(SlotState.RUNNING, 4, 8L)))).isTrue();
    assertThat(restart.isDone(status(slot(SlotState.RUNNING, 5, 9L)))).as("crashed once").isTrue();
  }

  @Test
  void aProcessThatIsStillToBeLaunchedIsTheNewOne() {
    AwaitedRestart restart = new AwaitedRestart("A-1", status(slot(SlotState.LAUNCHING, 3, null)));

    assertThat(restart.isDone(status(slot(SlotState.RUNNING, 3, 7L)))).isTrue();
  }

  @Test
  void whatHadFailedBeforeTheOrderIsNotWhatBecameOfIt() {
    AwaitedRestart restart = new AwaitedRestart("A-1", status(slot(SlotState.FAILED, 4, null)));

    assertThat(restart.givenUp(status(slot(SlotState.FAILED, 4, null)))).isEmpty();
    assertThat(restart.givenUp(status(slot(SlotState.FAILED, 5, null))))
        .containsExactly("A-1 is failed: because");
    assertThat(restart.givenUp(status(slot(SlotState.BACKING_OFF, 5, null)))).isEmpty();
  }

  @Test
  void aSlotThatIsGoneIsSaidToBe() {
    AwaitedRestart restart = new AwaitedRestart("A-1", status(slot(SlotState.RUNNING, 1, 7L)));

    assertThat(restart.givenUp(status())).containsExactly("A-1 is gone");
    assertThat(restart.notReady(status())).containsExactly("A-1 is gone");
  }

  @Test
  void ofSeveralSlotsThoseThatAreNotReadyAreNamed() {
    AwaitedRestart restart =
        new AwaitedRestart(
            "A",
            status(
                slot(SlotState.RUNNING, 1, 7L), Slots.running("A-2", 8), Slots.running("B-1", 9)));

    assertThat(restart.slots()).isEqualTo(2);
    assertThat(restart.notReady(status(slot(SlotState.RUNNING, 2, 10L), Slots.running("A-2", 8))))
        .containsExactly("A-2 is running");
  }

  private static ClusterStatus status(SlotStatus... slots) {
    return new ClusterStatus(null, List.of(slots));
  }

  private static SlotStatus slot(SlotState state, int generation, Long pid) {
    return new SlotStatus(
        "A-1",
        "A",
        state,
        generation,
        pid,
        null,
        Slots.SINCE,
        null,
        0,
        3,
        null,
        state == SlotState.FAILED ? "because" : null,
        List.of());
  }
}
