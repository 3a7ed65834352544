package dev.troupe.testkit;

import dev.troupe.node.call.BodyFetch;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Calls services in this JVM. There is one instance of each, so nothing is chosen or repeated. */
final class LocalCalls {
  // A service that is past its deadline can still say so.
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  private final ActorSystem<?> system;
  private final AtomicLong correlationIds = new AtomicLong();

  LocalCalls(ActorSystem<?> system) {
    this.system = system;
  }

  /** The reply of {@code service}, after {@code deadline} at the latest; never fails. */
  CompletionStage<ServiceReply> call(
      ActorRef<ServiceRequest> service, OutboundCall call, Deadline deadline) {
    return AskPattern.<ServiceRequest, Object>ask(
            service,
            replyTo -> request(call, deadline, replyTo.narrow()),
            deadline.left().plus(LAST_WORD),
            system.scheduler())
        .thenCompose(reply -> whole(reply, deadline))
        .exceptionally(failure -> late(call));
  }

  private ServiceRequest request(
      OutboundCall call, Deadline deadline, ActorRef<ServiceReply> replyTo) {
    return new ServiceRequest(
        correlationIds.incrementAndGet(),
        call.requestId(),
        call.action(),
        call.path(),
        call.query(),
        call.data(),
        deadline,
        call.idempotencyKey(),
        call.preconditions(),
        call.trace(),
        call.client(),
        call.principal(),
        call.upload() == null ? null : call.upload().stream(),
        call.headers(),
        replyTo);
  }

  private CompletionStage<ServiceReply> whole(Object reply, Deadline deadline) {
    if (!(reply instanceof LargeReply large)) {
      return CompletableFuture.completedStage((ServiceReply) reply);
    }
    CompletableFuture<ServiceReply> whole = new CompletableFuture<>();
    system.systemActorOf(
        BodyFetch.create(
            large.size(),
            large.source(),
            deadline,
            body -> whole.complete(large.head().withData(body)),
            () -> whole.completeExceptionally(new IllegalStateException("no body"))),
        "reply-" + correlationIds.incrementAndGet(),
        Props.empty());
    return whole;
  }

  private static ServiceReply late(OutboundCall call) {
    return new ServiceReply(
        0,
        call.requestId(),
        ReplyStatus.DEADLINE,
        JsonBytes.EMPTY,
        call.service() + " did not answer in time; whether it did the work is unknown");
  }
}
