package dev.troupe.node.call;

import static dev.troupe.node.call.Calls.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.registry.CallReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {
  private static final long MILLI = 1_000_000;

  private final WaitingRoom room = new WaitingRoom(Calls.room(2, 100));

  @Test
  void theRoomIsBoundInNumberAndEmptiesAgain() {
    assertThat(room.admit(pending("r1"), 0)).isTrue();
    assertThat(room.admit(pending("r2"), 0)).isTrue();
    assertThat(room.admit(pending("r3"), 0)).isFalse();
    assertThat(room.size()).isEqualTo(2);

    serve(any -> true);

    assertThat(room.isEmpty()).isTrue();
    assertThat(room.admit(pending("r4"), 0)).isTrue();
  }

  @Test
  void theRoomIsBoundInBytesWhichAreGivenBack() {
    PendingCall large = pending("r1", 100, Deadline.NEVER);
    assertThat(room.admit(pending("r0", 101, Deadline.NEVER), 0)).isFalse();
    assertThat(room.admit(large, 0)).isTrue();
    assertThat(room.admit(pending("r2", 1, Deadline.NEVER), 0)).isFalse();

    assertThat(serve(any -> true)).containsExactly(large);

    assertThat(room.admit(pending("r3", 100, new Deadline(1000)), 0)).isTrue();
    room.removeExpired(1000);
    assertThat(room.admit(pending("r4", 100, Deadline.NEVER), 0)).isTrue();
  }

  @Test
  void whoWaitedTooLongIsSentAwayAndNobodyElse() {
    PendingCall patient = pending("r1", 1, new Deadline(2000));
    PendingCall expired = pending("r2", 1, new Deadline(1000));
    room.admit(patient, 0);
    room.admit(expired, 0);

    assertThat(room.removeExpired(999)).isEmpty();
    assertThat(room.removeExpired(1000)).containsExactly(expired);

    assertThat(serve(any -> true)).containsExactly(patient);
  }

  @Test
  void theOrderStaysWhenOneInTheMiddleLeaves() {
    WaitingRoom large = new WaitingRoom(Calls.room(1000, 1000));
    List<PendingCall> all = new ArrayList<>();
    for (int call = 0; call < 1000; call++) {
      PendingCall next = pending("r" + call);
      all.add(next);
      large.admit(next, 0);
    }

    assertThat(serve(large, all.get(500)::equals)).containsExactly(all.remove(500));

    assertThat(serve(large, any -> true)).isEqualTo(all);
  }

  @Test
  void nobodyIsAskedWhenThereIsNothingLeftToServeThemWith() {
    PendingCall first = pending("r1");
    room.admit(first, 0);
    room.admit(pending("r2"), 0);
    List<PendingCall> asked = new ArrayList<>();

    room.serve(asked::isEmpty, asked::add);

    assertThat(asked).containsExactly(first);
    assertThat(room.size()).isEqualTo(1);
  }

  @Test
  void theReportHasWhoWaitsAndForHowLongAndWhatBecameOfTheOthers() {
    room.admit(pending("r1", 30, new Deadline(1000)), 5 * MILLI);
    room.admit(pending("r2", 20, new Deadline(9000)), 7 * MILLI);
    room.admit(pending("r3", 1, new Deadline(9000)), 8 * MILLI);

    assertThat(room.report(25 * MILLI)).isEqualTo(new CallReport.WaitingRoom(2, 50, 20, 2, 1, 0));

    room.removeExpired(1000);
    assertThat(room.report(25 * MILLI)).isEqualTo(new CallReport.WaitingRoom(1, 20, 18, 2, 1, 1));
  }

  private List<PendingCall> serve(Predicate<PendingCall> which) {
    return serve(room, which);
  }

  private static List<PendingCall> serve(WaitingRoom room, Predicate<PendingCall> which) {
    List<PendingCall> served = new ArrayList<>();
    room.serve(() -> true, pending -> which.test(pending) && served.add(pending));
    return served;
  }
}
