package dev.troupe.node.call;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.trace.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A call without an answer: its deadline, its instance, and what has happened to it so far. {@link
 * CallLifecycle} decides what happens next. Confined to the router.
 *
 * <p>This is the one place where the deadlines of a call are computed. The whole call ends after
 * the request timeout and the waiting-room timeout of its service together, or when its caller
 * stops waiting. Each wait for an instance may take the waiting-room timeout, and each instance the
 * request timeout; neither goes beyond the end of the whole call. A body that passes in chunks has
 * a timeout of its own, and the request timeout begins after it.
 */
final class PendingCall {
  private final OutboundCall outbound;
  private final CompletableFuture<ServiceReply> promise;
  private final ServicePool pool;
  private final long begunAtNanos;
  private final Deadline end;
  private Deadline deadline;
  private long waitsSinceNanos;
  private long sentAtNanos;
  private long attempt;
  private long permit;
  private @Nullable InstanceHandle instance;
  private @Nullable Runnable releaseBody;
  private List<InstanceHandle> refusedBy = List.of();
  private List<InstanceHandle> diedWith = List.of();
  private boolean repeated;
  private boolean probe;
  private boolean refusedByBudget;

  /**
   * @param promise completed with the reply
   * @param pool of the service that is called
   */
  PendingCall(
      OutboundCall outbound,
      CompletableFuture<ServiceReply> promise,
      ServicePool pool,
      long nowNanos) {
    this.outbound = outbound;
    this.promise = promise;
    this.pool = pool;
    this.begunAtNanos = nowNanos;
    this.end =
        Deadline.after(longestAnswer().plus(pool.waitTimeout()), nowNanos)
            .orEarlier(outbound.deadline());
    this.deadline = end;
  }

  OutboundCall outbound() {
    return outbound;
  }

  CompletableFuture<ServiceReply> promise() {
    return promise;
  }

  ServicePool pool() {
    return pool;
  }

  /** How long the call has taken until now. */
  long nanosSinceBegin(long nowNanos) {
    return nowNanos - begunAtNanos;
  }

  /** The bytes of the body. */
  int size() {
    return outbound.data().size();
  }

  /** Starts the wait for an instance, which has a deadline of its own. */
  void startWaiting(long nowNanos) {
    waitsSinceNanos = nowNanos;
    deadline = Deadline.after(pool.waitTimeout(), nowNanos).orEarlier(end);
  }

  long waitsSinceNanos() {
    return waitsSinceNanos;
  }

  /** Assigns the call to {@code chosen}, which counts it as in flight from now on. */
  void assign(InstanceHandle chosen) {
    instance = chosen;
    chosen.acquire();
  }

  /**
   * Starts the request timeout of the assigned instance.
   *
   * @return what to send to the instance
   */
  ServiceRequest startRequest(long correlationId, ActorRef<ServiceReply> replyTo, long nowNanos) {
    sentAtNanos = nowNanos;
    deadline = Deadline.after(longestAnswer(), nowNanos).orEarlier(end);
    attempt = TraceContext.randomId();
    return outbound.toRequest(correlationId, deadline, attempt, replyTo);
  }

  /** The span of the newest attempt. */
  long attempt() {
    return attempt;
  }

  long sentAtNanos() {
    return sentAtNanos;
  }

  /** The end of the wait for an instance or, once the call is sent, for the reply. */
  Deadline deadline() {
    return deadline;
  }

  boolean isPastDeadline(long nowNanos) {
    return deadline.hasPassed(nowNanos) || isLateAfterUpload(nowNanos);
  }

  private Duration longestAnswer() {
    StreamedBody upload = outbound.upload();
    return upload == null ? pool.requestTimeout() : upload.timeout().plus(pool.requestTimeout());
  }

  // While the body arrives, each chunk has a timeout of its own.
  private boolean isLateAfterUpload(long nowNanos) {
    StreamedBody upload = outbound.upload();
    long earliest = nowNanos - pool.requestTimeout().toNanos();
    return upload != null
        && instance != null
        && sentAtNanos - earliest < 0
        && upload.isSentBefore(earliest);
  }

  /** Whether the deadline is later than the end of a {@code pause} that begins now. */
  boolean hasTimeFor(Duration pause, long nowNanos) {
    return !isPastDeadline(nowNanos + pause.toNanos());
  }

  /** The instance that the call was assigned to last. */
  InstanceHandle instance() {
    return Objects.requireNonNull(instance);
  }

  /**
   * @param release ends what this node does for the request at the instance; null when the whole
   *     request was sent
   */
  void holdBody(@Nullable Runnable release) {
    releaseBody = release;
  }

  /** Ends the assignment: the instance has answered, or its answer is no longer waited for. */
  void releaseInstance() {
    instance().release();
    if (releaseBody != null) {
      releaseBody.run();
      releaseBody = null;
    }
  }

  /** The assigned instance declined the call, so the call is not sent to it again. */
  void markRefused() {
    if (refusedBy.isEmpty()) {
      refusedBy = new ArrayList<>(2);
    }
    refusedBy.add(instance());
  }

  boolean wasRefusedBy(InstanceHandle other) {
    return refusedBy.contains(other);
  }

  /** The process of the assigned instance died while it had the call. */
  void markDied() {
    if (diedWith.isEmpty()) {
      diedWith = new ArrayList<>(2);
    }
    diedWith.add(instance());
  }

  /** The instances whose processes died while they had the call, the first one first. */
  List<InstanceHandle> diedWith() {
    return diedWith;
  }

  /**
   * Whether the call may be sent again although an instance may have done the work. At most once: a
   * request that ends each process it reaches must not end all of them.
   */
  boolean mayBeRepeated() {
    return outbound.isRepeatable() && !repeated && !probe;
  }

  void markRepeated() {
    repeated = true;
  }

  /** Whether the call was sent again after an instance may have done the work. */
  boolean wasRepeated() {
    return repeated;
  }

  /** The action of the call is suspended, and the call tests whether it still ends processes. */
  void markProbe() {
    probe = true;
  }

  boolean isProbe() {
    return probe;
  }

  /**
   * @return whether this was the first time that the retry budget refused the call
   */
  boolean markRefusedByBudget() {
    boolean first = !refusedByBudget;
    refusedByBudget = true;
    return first;
  }

  /** The permit of the circuit breaker to make this call. */
  long permit() {
    return permit;
  }

  void setPermit(long permit) {
    this.permit = permit;
  }

  void complete(ServiceReply reply) {
    promise.complete(reply);
  }
}
