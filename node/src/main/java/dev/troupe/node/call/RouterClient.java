package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.registry.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;

/** The router behind a plain interface. Thread-safe. */
public final class RouterClient implements CallClient {
  private final ActorRef<RouterActor.Command> router;
  private final AtomicReference<Map<String, CallReport>> reports;

  /**
   * @param reports what the router says of its calls
   */
  public RouterClient(
      ActorRef<RouterActor.Command> router, AtomicReference<Map<String, CallReport>> reports) {
    this.router = router;
    this.reports = reports;
  }

  @Override
  public CompletionStage<ServiceReply> call(OutboundCall call) {
    CompletableFuture<ServiceReply> promise = new CompletableFuture<>();
    router.tell(new RouterActor.Submit(new Pending(call, promise)));
    return promise;
  }

  @Override
  public int retryAfterSeconds(String service) {
    CallReport report = reports.get().get(service);
    Instant openUntil = report == null ? null : report.circuitBreaker().openUntil();
    if (openUntil == null) {
      return 1;
    }
    long millis = Duration.between(Instant.now(), openUntil).toMillis();
    return (int) Math.max(1, (millis + 999) / 1000);
  }
}
