package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.settings.RefusalSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
  private static final long MILLI = 1_000_000;

  private final Refusals refusals =
      new Refusals(new RefusalSettings(2, Duration.ofMillis(200)), 3, 0);

  @Test
  void fewAreToldAtOnceAndTheOthersAfterAPause() {
    assertThat(refuse("r1", 0).promise()).isDone();
    assertThat(refuse("r2", 0).promise()).isDone();
    Pending third = refuse("r3", 0);
    Pending fourth = refuse("r4", 100 * MILLI);

    refusals.release(199 * MILLI);
    assertThat(third.promise()).isNotDone();
    refusals.release(200 * MILLI);
    assertThat(third.promise()).isDone();
    assertThat(fourth.promise()).isNotDone();
    assertThat(refusals.isAnyoneHeld()).isTrue();
    refusals.release(300 * MILLI);
    assertThat(fourth.promise()).isDone();
    assertThat(refusals.isAnyoneHeld()).isFalse();
  }

  @Test
  void afterASecondAsManyAreToldAtOnceAgain() {
    refuse("r1", 0);
    refuse("r2", 0);
    assertThat(refuse("r3", 0).promise()).isNotDone();
    assertThat(refuse("r4", 1000 * MILLI).promise()).isDone();
    assertThat(refuse("r5", 1000 * MILLI).promise()).isDone();
    assertThat(refuse("r6", 1000 * MILLI).promise()).isNotDone();
  }

  @Test
  void soManyAreHeldAndNoMore() {
    refuse("r1", 0);
    refuse("r2", 0);
    for (int call = 3; call <= 5; call++) {
      assertThat(refuse("r" + call, 0).promise()).isNotDone();
    }
    assertThat(refuse("r6", 0).promise()).isDone();
  }

  @Test
  void whoHasNoTimeForThePauseIsToldAtOnce() {
    refuse("r1", 0);
    refuse("r2", 0);

    assertThat(
            refuse(Calls.pending("r3", 1, Deadline.after(Duration.ofMillis(200), 0)), 0).promise())
        .isDone();
    assertThat(
            refuse(Calls.pending("r4", 1, Deadline.after(Duration.ofMillis(201), 0)), 0).promise())
        .isNotDone();
  }

  private Pending refuse(String requestId, long nowNanos) {
    return refuse(Calls.pending(requestId), nowNanos);
  }

  private Pending refuse(Pending pending, long nowNanos) {
    refusals.refuse(
        pending,
        NoAnswer.refused(pending, new ActionGuard.Refusal("too many", Duration.ZERO)),
        nowNanos);
    return pending;
  }
}
