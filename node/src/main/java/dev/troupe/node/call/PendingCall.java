package dev.troupe.node.call;

import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A call that has no answer yet: waiting for an instance, or sent to one. Confined to the router.
 */
final class PendingCall {
  private final OutboundCall call;
  private final CompletableFuture<ServiceReply> promise;
  private List<InstanceHandle> refusedBy = List.of();
  private @Nullable InstanceHandle target;
  private List<InstanceHandle> deaths = List.of();
  private boolean repeated;
  private boolean probe;
  private boolean refusedByBudget;
  private long sentAtNanos;
  private @Nullable Runnable stopSource;
  private long permit;
  private @Nullable CallTimes times;
  private Deadline deadline;
  private long waitsFromNanos;

  PendingCall(OutboundCall call, CompletableFuture<ServiceReply> promise) {
    this.call = call;
    this.promise = promise;
    this.deadline = call.deadline();
  }

  OutboundCall call() {
    return call;
  }

  int size() {
    return call.data().size();
  }

  /** Whether the instance that has it, or the wait for one, has taken too long. */
  boolean isPastDeadline(long nowNanos) {
    return deadline.hasPassed(nowNanos);
  }

  /** Whether its caller still waits for it after {@code pause}. */
  boolean hasTimeFor(Duration pause, long nowNanos) {
    return !isPastDeadline(nowNanos + pause.toNanos());
  }

  boolean wasRefusedBy(InstanceHandle target) {
    return refusedBy.contains(target);
  }

  /** The instance it was sent to last. */
  InstanceHandle target() {
    return Objects.requireNonNull(target);
  }

  /**
   * Whether it may be sent once more though an instance had it that may have done the work. Once: a
   * request that ends every process it reaches must not end them all.
   */
  boolean mayBeRepeated() {
    return call.isRepeatable() && !repeated && !probe;
  }

  /** It is sent once more though an instance had it. */
  void repeats() {
    repeated = true;
  }

  /** It tries whether its action, which is suspended, still ends processes. */
  void probes() {
    probe = true;
  }

  boolean isProbe() {
    return probe;
  }

  /** The process of {@code target} died while it had this call. */
  void died(InstanceHandle target) {
    if (deaths.isEmpty()) {
      deaths = new ArrayList<>(2);
    }
    deaths.add(target);
  }

  /** The processes that died while they had it, in this order. */
  List<InstanceHandle> deaths() {
    return deaths;
  }

  long sentAtNanos() {
    return sentAtNanos;
  }

  /** Whether the retry budget refuses it for the first time. */
  boolean isFirstRefusalByBudget() {
    boolean first = !refusedByBudget;
    refusedByBudget = true;
    return first;
  }

  /** That of the circuit breaker to make this call. */
  long permit() {
    return permit;
  }

  /**
   * Its time begins.
   *
   * @param permit of the circuit breaker
   */
  void begin(long permit, CallTimes times) {
    this.permit = permit;
    this.times = times;
  }

  long waitsFromNanos() {
    return waitsFromNanos;
  }

  void waits(long nowNanos) {
    waitsFromNanos = nowNanos;
    deadline = times().ofWait(nowNanos);
  }

  /**
   * It goes to {@code target} under {@code correlationId}.
   *
   * @return what to send there
   */
  ServiceRequest goesTo(
      InstanceHandle target, long correlationId, ActorRef<ServiceReply> replyTo, long nowNanos) {
    this.target = target;
    deadline = times().ofInstance(nowNanos);
    sentAtNanos = nowNanos;
    target.acquire();
    return new ServiceRequest(
        correlationId,
        call.requestId(),
        call.action(),
        call.path(),
        call.query(),
        call.data(),
        deadline,
        call.idempotencyKey(),
        call.preconditions(),
        call.traceparent(),
        call.client(),
        replyTo);
  }

  /** Its body, which is a large one, is held by {@code source} for the instance to ask for. */
  void isSentFrom(ActorRef<PartRequest> source, ActorRef<BodyPart> nobody) {
    stopSource = () -> source.tell(PartRequest.nothingMore(nobody));
  }

  /** The instance has answered it, or is not waited for any longer. */
  void release() {
    target().release();
    if (stopSource != null) {
      stopSource.run();
      stopSource = null;
    }
  }

  /** When the instance that has it must have answered. */
  Deadline deadline() {
    return deadline;
  }

  void refused(InstanceHandle by) {
    if (refusedBy.isEmpty()) {
      refusedBy = new ArrayList<>(2);
    }
    refusedBy.add(by);
  }

  CompletableFuture<ServiceReply> promise() {
    return promise;
  }

  void complete(ServiceReply reply) {
    promise.complete(reply);
  }

  private CallTimes times() {
    return Objects.requireNonNull(times);
  }
}
