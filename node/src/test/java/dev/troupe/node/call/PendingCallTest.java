package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.settings.WaitingRoomSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** The deadlines of a call. */
final class PendingCallTest {
  private static final long MILLI = 1_000_000;
  // Clocks of this kind may be negative.
  private static final long NOW = -5_000 * MILLI;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final TestInbox<ServiceRequest> instance = TestInbox.create();
  private final TestInbox<ServiceReply> router = TestInbox.create();

  @Test
  void anInstanceHasItsWholeTimeAfterTheWaitForIt() {
    PendingCall call = call(Deadline.NEVER);

    call.startWaiting(NOW);
    assertThat(call.isPastDeadline(NOW + 10_000 * MILLI - 1)).isFalse();
    assertThat(call.isPastDeadline(NOW + 10_000 * MILLI)).isTrue();

    assertThat(send(call, NOW + 9_000 * MILLI)).isEqualTo(new Deadline(NOW + 14_000 * MILLI));
    assertThat(call.isPastDeadline(NOW + 14_000 * MILLI - 1)).isFalse();
    assertThat(call.isPastDeadline(NOW + 14_000 * MILLI)).isTrue();
  }

  @Test
  void theDeadlineOfTheCallerEndsTheWaitAndTheTimeOfTheInstance() {
    Deadline deadline = new Deadline(NOW + 3_000 * MILLI);
    PendingCall call = call(deadline);

    call.startWaiting(NOW);
    assertThat(call.isPastDeadline(deadline.atNanos() - 1)).isFalse();
    assertThat(call.isPastDeadline(deadline.atNanos())).isTrue();
    assertThat(send(call, NOW)).isEqualTo(deadline);
  }

  @Test
  void aCallThatWaitsAgainEndsAfterBothTimeoutsTogether() {
    PendingCall call = call(Deadline.NEVER);

    call.startWaiting(NOW + 9_000 * MILLI);
    assertThat(call.isPastDeadline(NOW + 15_000 * MILLI - 1)).isFalse();
    assertThat(call.isPastDeadline(NOW + 15_000 * MILLI)).isTrue();
  }

  @Test
  void theTimeOfTheInstanceBeginsAfterABodyThatPassesInChunks() {
    FakeUpload upload = new FakeUpload();
    PendingCall call = call(upload);
    send(call, NOW);

    assertThat(call.isPastDeadline(NOW + 50_000 * MILLI)).isFalse();
    upload.sentAtNanos = NOW + 50_000 * MILLI;
    assertThat(call.isPastDeadline(NOW + 55_000 * MILLI)).isFalse();
    assertThat(call.isPastDeadline(NOW + 55_000 * MILLI + 1)).isTrue();
  }

  @Test
  void aBodyThatIsTakenIsNotSentAgain() {
    FakeUpload upload = new FakeUpload();
    PendingCall call = call(upload);

    assertThat(call.mayBeRepeated()).isTrue();
    upload.taken = true;
    assertThat(call.mayBeRepeated()).isFalse();
  }

  private static final class FakeUpload implements StreamedBody {
    private boolean taken;
    private long sentAtNanos = Long.MAX_VALUE / 2;

    @Override
    public BodyStream stream() {
      return new BodyStream("a/b", BodyStream.UNKNOWN, TestInbox.<ChunkRequest>create().getRef());
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(1);
    }

    @Override
    public boolean isTaken() {
      return taken;
    }

    @Override
    public boolean isSentBefore(long nanos) {
      return sentAtNanos - nanos < 0;
    }
  }

  private static PendingCall call(StreamedBody upload) {
    return new PendingCall(
        new OutboundCall(
            "r1",
            "Echo",
            "echo",
            true,
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.NEVER,
            null,
            null,
            null,
            null,
            null,
            upload,
            Map.of(),
            null),
        new CompletableFuture<>(),
        Calls.pool(Calls.within(TIMEOUT), new WaitingRoomSettings(10, 1000, WAIT)),
        NOW);
  }

  private static PendingCall call(Deadline deadline) {
    return new PendingCall(
        Calls.outbound("r1", 1, deadline),
        new CompletableFuture<>(),
        Calls.pool(Calls.within(TIMEOUT), new WaitingRoomSettings(10, 1000, WAIT)),
        NOW);
  }

  private Deadline send(PendingCall call, long nowNanos) {
    call.assign(new InstanceHandle("Echo-1", "pekko://troupe@127.0.0.1:25001", instance.getRef()));
    Deadline sent = call.startRequest(1, router.getRef(), nowNanos).deadline();
    assertThat(call.deadline()).isEqualTo(sent);
    return sent;
  }
}
