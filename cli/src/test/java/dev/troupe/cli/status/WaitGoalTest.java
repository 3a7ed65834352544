package dev.troupe.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.display.Slots;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitGoalTest {
  private static ClusterStatus status(SlotStatus... slots) {
    return new ClusterStatus(null, List.of(slots));
  }

  private static WaitGoal.Distance ready(ClusterStatus status, String... names) {
    return new WaitGoal(WaitGoal.Kind.READY, List.of(names)).distance(status);
  }

  private static WaitGoal.Distance healthy(ClusterStatus status, String... names) {
    return new WaitGoal(WaitGoal.Kind.HEALTHY, List.of(names)).distance(status);
  }

  @Test
  void aServiceIsReadyWithOneSlotAndHealthyWithAll() {
    ClusterStatus status = status(Slots.running("A-1", 1), Slots.launching("A-2", 2));

    assertThat(ready(status).isReached()).isTrue();
    assertThat(healthy(status).isReached()).isFalse();
    assertThat(healthy(status).missing()).containsExactly("A-2 is launching");
    assertThat(healthy(status(Slots.running("A-1", 1))).isReached()).isTrue();
  }

  @Test
  void anUnhealthySlotIsNeither() {
    ClusterStatus status = status(Slots.unhealthy("A-1", 1, "no database"));

    assertThat(ready(status).missing()).containsExactly("A-1 is unhealthy: no database");
    assertThat(ready(status).reachable()).isTrue();
  }

  @Test
  void aFailedSlotNeedsAnOperator() {
    ClusterStatus one = status(Slots.failed("A-1"), Slots.launching("A-2", 2));

    assertThat(ready(one).reachable()).isTrue();
    assertThat(healthy(one).reachable()).isFalse();
    assertThat(ready(status(Slots.failed("A-1"))).reachable()).isFalse();
  }

  @Test
  void onlyWhatIsNamedCounts() {
    ClusterStatus status =
        status(Slots.running("A-1", 1), Slots.failed("A-2"), Slots.failed("B-1"));

    assertThat(ready(status, "A").isReached()).isTrue();
    assertThat(healthy(status, "A-1").isReached()).isTrue();
    assertThat(healthy(status, "A").isReached()).isFalse();
    assertThat(new WaitGoal(WaitGoal.Kind.READY, List.of("A", "B-1", "C", "A-3")).unknown(status))
        .containsExactly("C", "A-3");
  }
}
