package dev.troupe.node.call;

import static dev.troupe.node.call.Calls.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.registry.CallReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {
  private static final long MILLI = 1_000_000;

  private final WaitingRoom room = new WaitingRoom(Calls.room(2, 100));

  @Test
  void theRoomIsBoundInNumberAndEmptiesAgain() {
    assertThat(room.add(pending("r1"), 0)).isTrue();
    assertThat(room.add(pending("r2"), 0)).isTrue();
    assertThat(room.add(pending("r3"), 0)).isFalse();
    assertThat(room.size()).isEqualTo(2);

    assertThat(room.removeWhile(() -> true, any -> true)).hasSize(2);

    assertThat(room.isEmpty()).isTrue();
    assertThat(room.add(pending("r4"), 0)).isTrue();
  }

  @Test
  void theRoomIsBoundInBytesWhichAreGivenBack() {
    PendingCall large = pending("r1", 100, Deadline.NEVER);
    assertThat(room.add(pending("r0", 101, Deadline.NEVER), 0)).isFalse();
    assertThat(room.add(large, 0)).isTrue();
    assertThat(room.add(pending("r2", 1, Deadline.NEVER), 0)).isFalse();

    assertThat(room.removeWhile(() -> true, any -> true)).containsExactly(large);

    assertThat(room.add(pending("r3", 100, new Deadline(1000)), 0)).isTrue();
    room.removeExpired(1000);
    assertThat(room.add(pending("r4", 100, Deadline.NEVER), 0)).isTrue();
  }

  @Test
  void whatWaitedTooLongIsRemovedAndNothingElse() {
    PendingCall patient = pending("r1", 1, new Deadline(2000));
    PendingCall expired = pending("r2", 1, new Deadline(1000));
    room.add(patient, 0);
    room.add(expired, 0);

    assertThat(room.removeExpired(999)).isEmpty();
    assertThat(room.removeExpired(1000)).containsExactly(expired);

    assertThat(room.removeWhile(() -> true, any -> true)).containsExactly(patient);
  }

  @Test
  void theOrderStaysWhenOneInTheMiddleLeaves() {
    WaitingRoom large = new WaitingRoom(Calls.room(1000, 1000));
    List<PendingCall> all = new ArrayList<>();
    for (int call = 0; call < 1000; call++) {
      PendingCall next = pending("r" + call);
      all.add(next);
      large.add(next, 0);
    }

    assertThat(large.removeWhile(() -> true, all.get(500)::equals))
        .containsExactly(all.remove(500));

    assertThat(large.removeWhile(() -> true, any -> true)).isEqualTo(all);
  }

  @Test
  void whatFollowsIsNotAskedForWhenNoMoreIsWanted() {
    PendingCall first = pending("r1");
    room.add(first, 0);
    room.add(pending("r2"), 0);
    List<PendingCall> asked = new ArrayList<>();

    assertThat(room.removeWhile(asked::isEmpty, asked::add)).containsExactly(first);

    assertThat(asked).containsExactly(first);
    assertThat(room.size()).isEqualTo(1);
  }

  @Test
  void theReportHasWhoWaitsAndForHowLongAndWhatBecameOfTheOthers() {
    room.add(pending("r1", 30, new Deadline(1000)), 5 * MILLI);
    room.add(pending("r2", 20, new Deadline(9000)), 7 * MILLI);
    room.add(pending("r3", 1, new Deadline(9000)), 8 * MILLI);

    assertThat(room.report(25 * MILLI)).isEqualTo(new CallReport.WaitingRoom(2, 50, 20, 2, 1, 0));

    room.removeExpired(1000);
    assertThat(room.report(25 * MILLI)).isEqualTo(new CallReport.WaitingRoom(1, 20, 18, 2, 1, 1));
  }
}
