package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A call that has no answer yet: waiting for an instance, or sent to one. Confined to the router.
 */
final class Pending {
  // A request that ends every process it reaches must not end them all.
  private static final int MOST_SENDS = 3;

  private final OutboundCall call;
  private final CompletableFuture<ServiceReply> promise;
  private List<Target> refusedBy = List.of();
  private @Nullable Target target;
  private int timesSent;
  private long permit;
  private long waitsFromNanos;

  Pending(OutboundCall call, CompletableFuture<ServiceReply> promise) {
    this.call = call;
    this.promise = promise;
  }

  OutboundCall call() {
    return call;
  }

  int size() {
    return call.data().size();
  }

  boolean isPastDeadline(long nowMillis) {
    return nowMillis >= call.deadlineMillis();
  }

  boolean wasRefusedBy(Target target) {
    return refusedBy.contains(target);
  }

  /** The instance it was sent to last. */
  Target target() {
    return Objects.requireNonNull(target);
  }

  /** Whether it may be sent once more though an instance had it that may have done the work. */
  boolean mayBeRepeated() {
    return call.isRepeatable() && timesSent < MOST_SENDS;
  }

  /** That of the circuit breaker to make this call. */
  long permit() {
    return permit;
  }

  void permitted(long permit) {
    this.permit = permit;
  }

  long waitsFromNanos() {
    return waitsFromNanos;
  }

  void waitsFrom(long nowNanos) {
    waitsFromNanos = nowNanos;
  }

  /** Gives it to {@code target} under {@code correlationId}. */
  void sendTo(Target target, long correlationId, ActorRef<ServiceReply> replyTo) {
    this.target = target;
    timesSent++;
    target.took();
    target
        .endpoint()
        .tell(
            new ServiceRequest(
                correlationId,
                call.requestId(),
                call.action(),
                call.path(),
                call.query(),
                call.data(),
                call.deadlineMillis(),
                call.idempotencyKey(),
                call.preconditions(),
                call.traceparent(),
                replyTo));
  }

  void refused(Target by) {
    if (refusedBy.isEmpty()) {
      refusedBy = new ArrayList<>(2);
    }
    refusedBy.add(by);
  }

  void complete(ServiceReply reply) {
    promise.complete(reply);
  }
}
