package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RollingRestartTest {
  private final Map<String, SlotStatus> now = new HashMap<>();

  @Test
  void theExtraSlotIsReadyBeforeTheFirstIsRestartedAndGoesWhenTheLastIsReady() {
    RollingRestart restart = new RollingRestart(List.of("A-1", "A-2"), Optional.of("A-3"));
    is("A-1", 1, SlotState.RUNNING);
    is("A-2", 4, SlotState.RUNNING);

    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.AddExtra("A-3"));
    is("A-3", 0, SlotState.PENDING);
    assertThat(restart.next(now, 0)).isEqualTo(RollingRestart.Await.INSTANCE);
    is("A-3", 1, SlotState.JOINING);
    assertThat(restart.next(now, 0)).isEqualTo(RollingRestart.Await.INSTANCE);
    is("A-3", 1, SlotState.RUNNING);
    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.RestartSlot("A-1"));
    assertThat(restart.next(now, 0))
        .as("still the old process")
        .isEqualTo(RollingRestart.Await.INSTANCE);
    is("A-1", 1, SlotState.STOPPING);
    assertThat(restart.next(now, 0)).isEqualTo(RollingRestart.Await.INSTANCE);
    is("A-1", 2, SlotState.RUNNING);
    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.RestartSlot("A-2"));
    assertThat(restart.progress()).isEqualTo("1 of 2 replaced");
    is("A-2", 5, SlotState.RUNNING);
    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.RetireExtra("A-3"));
    assertThat(restart.next(now, 0)).isEqualTo(RollingRestart.Await.INSTANCE);
    now.remove("A-3");
    assertThat(restart.next(now, 0)).isEqualTo(RollingRestart.Done.INSTANCE);
  }

  @Test
  void withoutAnExtraSlotTheOthersStandIn() {
    RollingRestart restart =
        new RollingRestart(List.of("gateway-1", "gateway-2"), Optional.empty());
    is("gateway-1", 1, SlotState.RUNNING);
    is("gateway-2", 1, SlotState.RUNNING);

    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.RestartSlot("gateway-1"));
    is("gateway-1", 2, SlotState.RUNNING);
    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.RestartSlot("gateway-2"));
    is("gateway-2", 2, SlotState.RUNNING);
    assertThat(restart.next(now, 0)).isEqualTo(RollingRestart.Done.INSTANCE);
  }

  @Test
  void aNewProcessThatDiesEndsItEvenIfItIsRelaunched() {
    RollingRestart restart = new RollingRestart(List.of("A-1"), Optional.of("A-2"));
    is("A-1", 1, SlotState.RUNNING);
    restart.next(now, 0);
    is("A-2", 1, SlotState.RUNNING);
    restart.next(now, 0);

    is("A-1", 3, SlotState.LAUNCHING);

    assertThat(restart.next(now, 0)).isEqualTo(new RollingRestart.GiveUp("A-1", "it broke"));
  }

  @Test
  void anExtraSlotOfEarlierTimesCountsOn() {
    RollingRestart restart = new RollingRestart(List.of("A-1"), Optional.of("A-2"));
    is("A-1", 1, SlotState.RUNNING);
    restart.next(now, 7);
    is("A-2", 7, SlotState.STOPPED);
    assertThat(restart.next(now, 7)).isEqualTo(RollingRestart.Await.INSTANCE);

    is("A-2", 8, SlotState.FAILED);

    assertThat(restart.next(now, 7)).isEqualTo(new RollingRestart.GiveUp("A-2", "it broke"));
  }

  private void is(String slot, int generation, SlotState state) {
    now.put(
        slot,
        new SlotStatus(
            slot,
            "A",
            state,
            generation,
            null,
            null,
            Views.STARTED_AT,
            null,
            0,
            null,
            "it broke",
            List.of()));
  }
}
