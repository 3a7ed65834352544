package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.settings.RefusalSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RejectionThrottleTest {
  private static final long MILLI = 1_000_000;

  private final RejectionThrottle rejections =
      new RejectionThrottle(new RefusalSettings(2, Duration.ofMillis(200)), 3, 0);

  @Test
  void fewAreToldAtOnceAndTheOthersAfterAPause() {
    assertThat(refuse("r1", 0).promise()).isDone();
    assertThat(refuse("r2", 0).promise()).isDone();
    PendingCall third = refuse("r3", 0);
    PendingCall fourth = refuse("r4", 100 * MILLI);

    rejections.release(199 * MILLI);
    assertThat(third.promise()).isNotDone();
    rejections.release(200 * MILLI);
    assertThat(third.promise()).isDone();
    assertThat(fourth.promise()).isNotDone();
    assertThat(rejections.isHoldingAny()).isTrue();
    rejections.release(300 * MILLI);
    assertThat(fourth.promise()).isDone();
    assertThat(rejections.isHoldingAny()).isFalse();
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

  private PendingCall refuse(String requestId, long nowNanos) {
    return refuse(Calls.pending(requestId), nowNanos);
  }

  private PendingCall refuse(PendingCall pending, long nowNanos) {
    rejections.refuse(
        pending, ErrorReplies.refused(pending, new Refusal("too many", Duration.ZERO)), nowNanos);
    return pending;
  }
}
