package dev.troupe.node.start;

import dev.troupe.node.health.CallCounters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** A service that answers each request with its own data; the action {@code fail} fails. */
final class FakeRole implements NodeRole {
  private final CompletableFuture<NodeContext> context = new CompletableFuture<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final List<ActionDescriptor> actions = new ArrayList<>();
  private volatile @Nullable RuntimeException illness;

  /** Its readiness check fails with this as its reason; null heals it. */
  FakeRole ill(@Nullable String reason) {
    illness = reason == null ? null : new IllegalStateException(reason);
    return this;
  }

  /** Its readiness check says that it can do a part of its work. */
  FakeRole degraded(String reason) {
    illness = new DegradedException(reason);
    return this;
  }

  /** Its service publishes the action. */
  FakeRole withAction(ActionDescriptor action) {
    actions.add(action);
    return this;
  }

  /** All it took is answered. */
  FakeRole drains() {
    drained.complete(null);
    return this;
  }

  NodeContext context() {
    return context.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public StartedRole start(NodeContext node) {
    context.complete(node);
    CallCounters counters = new CallCounters();
    String service = node.identity().service();
    ActorRef<ServiceRequest> endpoint =
        node.system().systemActorOf(echo(counters), "endpoint", Props.empty());
    return new StartedRole(
        "1.2.3",
        new ServiceDescriptor(service, "1", actions),
        endpoint,
        null,
        counters,
        this::check,
        () -> drained);
  }

  private void check() {
    RuntimeException failure = illness;
    if (failure != null) {
      throw failure;
    }
  }

  private static Behavior<ServiceRequest> echo(CallCounters counters) {
    return Behaviors.receiveMessage(
        request -> {
          boolean fails = request.action().equals("fail");
          counters.began();
          counters.ended(fails);
          request
              .replyTo()
              .tell(
                  fails
                      ? ServiceReply.error(request, ReplyStatus.FAILED, "on purpose")
                      : ServiceReply.success(request, ReplyStatus.OK, request.data()));
          return Behaviors.same();
        });
  }
}
