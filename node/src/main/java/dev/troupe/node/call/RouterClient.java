package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The router behind a plain interface. Thread-safe. */
public final class RouterClient implements CallClient {
  private final ActorRef<RouterActor.Command> router;

  public RouterClient(ActorRef<RouterActor.Command> router) {
    this.router = router;
  }

  @Override
  public CompletionStage<ServiceReply> call(OutboundCall call) {
    CompletableFuture<ServiceReply> promise = new CompletableFuture<>();
    router.tell(new RouterActor.Submit(new PendingCall(call, promise)));
    return promise;
  }
}
