package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whose time is up when. */
final class PendingCallTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final long MILLI = 1_000_000;
  // Clocks of this kind may be negative.
  private static final long NOW = -5_000 * MILLI;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final TestProbe<ServiceRequest> instance = KIT.createTestProbe(ServiceRequest.class);
  private final TestProbe<ServiceReply> router = KIT.createTestProbe(ServiceReply.class);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theWaitForAnInstanceIsNoTimeOfTheInstance() {
    PendingCall pending = begun(Deadline.NEVER);

    pending.waits(NOW);
    assertThat(pending.isPastDeadline(NOW + 10_000 * MILLI - 1)).isFalse();
    assertThat(pending.isPastDeadline(NOW + 10_000 * MILLI)).isTrue();

    assertThat(send(pending, NOW + 9_000 * MILLI)).isEqualTo(new Deadline(NOW + 14_000 * MILLI));
    assertThat(pending.isPastDeadline(NOW + 14_000 * MILLI - 1)).isFalse();
    assertThat(pending.isPastDeadline(NOW + 14_000 * MILLI)).isTrue();
  }

  @Test
  void theCallersDeadlineEndsBoth() {
    Deadline deadline = new Deadline(NOW + 3_000 * MILLI);
    PendingCall pending = begun(deadline);

    pending.waits(NOW);
    assertThat(pending.isPastDeadline(deadline.atNanos() - 1)).isFalse();
    assertThat(pending.isPastDeadline(deadline.atNanos())).isTrue();
    assertThat(send(pending, NOW)).isEqualTo(deadline);
  }

  @Test
  void bothTogetherAreTheMostHoweverOftenItWaits() {
    PendingCall pending = begun(Deadline.NEVER);

    pending.waits(NOW + 9_000 * MILLI);
    assertThat(pending.isPastDeadline(NOW + 15_000 * MILLI - 1)).isFalse();
    assertThat(pending.isPastDeadline(NOW + 15_000 * MILLI)).isTrue();
  }

  private static PendingCall begun(Deadline deadline) {
    PendingCall pending = Calls.pending("r1", 1, deadline);
    pending.begin(1, CallTimes.of(pending.call(), TIMEOUT, WAIT, NOW));
    return pending;
  }

  private Deadline send(PendingCall pending, long nowNanos) {
    return pending
        .goesTo(
            new InstanceHandle("Echo-1", "pekko://troupe@127.0.0.1:25001", instance.ref()),
            1,
            router.ref(),
            nowNanos)
        .deadline();
  }
}
