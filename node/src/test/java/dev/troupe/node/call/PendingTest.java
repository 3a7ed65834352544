package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whose time is up when. */
final class PendingTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final TestProbe<ServiceRequest> instance = KIT.createTestProbe(ServiceRequest.class);
  private final TestProbe<ServiceReply> router = KIT.createTestProbe(ServiceReply.class);
  private final long before = System.currentTimeMillis();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theWaitForAnInstanceIsNoTimeOfTheInstance() {
    Pending pending = begun(OutboundCall.NO_DEADLINE);

    pending.waits(0, WAIT);
    assertThat(pending.isPastDeadline(before + 9_999)).isFalse();
    assertThat(pending.isPastDeadline(System.currentTimeMillis() + 10_000)).isTrue();

    long deadline = send(pending);
    assertThat(deadline).isBetween(before + 5_000, System.currentTimeMillis() + 5_000);
    assertThat(pending.isPastDeadline(deadline - 1)).isFalse();
    assertThat(pending.isPastDeadline(deadline)).isTrue();
  }

  @Test
  void theCallersDeadlineEndsBoth() {
    long deadline = before + 3_000;
    Pending pending = begun(deadline);

    pending.waits(0, WAIT);
    assertThat(pending.isPastDeadline(deadline - 1)).isFalse();
    assertThat(pending.isPastDeadline(deadline)).isTrue();
    assertThat(send(pending)).isEqualTo(deadline);
  }

  @Test
  void bothTogetherAreTheMostWhateverIsWaitedFor() {
    Pending pending = begun(OutboundCall.NO_DEADLINE);
    long begun = System.currentTimeMillis();

    pending.waits(0, Duration.ofHours(1));
    assertThat(pending.isPastDeadline(before + 14_999)).isFalse();
    assertThat(pending.isPastDeadline(begun + 15_000)).isTrue();
  }

  private static Pending begun(long deadlineMillis) {
    Pending pending = Calls.pending("r1", 1, deadlineMillis);
    pending.begin(1, TIMEOUT, WAIT);
    return pending;
  }

  private long send(Pending pending) {
    pending.sendTo(new Target("Echo-1", instance.ref()), 1, router.ref());
    return instance.receiveMessage().deadlineMillis();
  }
}
