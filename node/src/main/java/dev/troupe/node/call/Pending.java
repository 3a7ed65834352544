package dev.troupe.node.call;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A call that has no answer yet: waiting for an instance, or sent to one. Confined to the router.
 */
final class Pending {
  private final OutboundCall call;
  private final CompletableFuture<ServiceReply> promise;
  private final Set<Target> refusedBy = new HashSet<>(2);
  private @Nullable Target target;
  private int timesSent;

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

  int timesSent() {
    return timesSent;
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
    refusedBy.add(by);
  }

  void complete(ServiceReply reply) {
    promise.complete(reply);
  }

  void fail(ReplyStatus status, String message) {
    promise.complete(new ServiceReply(0, call.requestId(), status, JsonBytes.EMPTY, message));
  }
}
