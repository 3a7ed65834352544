package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.seed.calls.GatewayCall;
import dev.troupe.seed.calls.GatewayClient;
import dev.troupe.seed.calls.InvalidCallException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The actions that a gateway of this cluster has, and calls of them. */
final class CallRoutes {
  /** The longest description of a call: its body may have an escape for each byte. */
  static final int MAX_REQUEST = 2 * GatewayCall.MAX_BODY;

  /** Calls that may be under way at a time. */
  static final int MOST_CALLS = 8;

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Supplier<CompletionStage<ClusterStatus>> status;
  private final GatewayClient client;
  private final Semaphore calls = new Semaphore(MOST_CALLS);

  /**
   * @param executor runs what comes after an answer of a gateway
   */
  CallRoutes(Supplier<CompletionStage<ClusterStatus>> status, Executor executor) {
    this.status = status;
    this.client = new GatewayClient(executor, TIMEOUT);
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/actions", Permission.READ, request -> atGateway(this::document)),
        ManagementRoute.postWithBody("/calls", Permission.OPERATE, MAX_REQUEST, this::call));
  }

  private CompletionStage<HttpResponse> document(URI gateway) {
    return client
        .document(gateway)
        .thenApply(
            document ->
                document
                    .map(
                        bytes ->
                            HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, bytes))
                    .orElseGet(
                        () ->
                            error(502, "the gateway %s has no /openapi.json".formatted(gateway))));
  }

  private CompletionStage<HttpResponse> call(ManagementRequest request) {
    GatewayCall call;
    try {
      HttpEntity.Strict body = (HttpEntity.Strict) request.http().entity();
      call = GatewayCall.parse(body.getData().toArray());
    } catch (InvalidCallException e) {
      return now(error(400, String.valueOf(e.getMessage())));
    }
    return atGateway(gateway -> send(gateway, call));
  }

  private CompletionStage<HttpResponse> send(URI gateway, GatewayCall call) {
    try {
      return client.send(gateway, call).thenApply(answer -> json(200, answer));
    } catch (InvalidCallException e) {
      return now(error(400, String.valueOf(e.getMessage())));
    }
  }

  private CompletionStage<HttpResponse> atGateway(
      Function<URI, CompletionStage<HttpResponse>> request) {
    if (!calls.tryAcquire()) {
      return now(
          error(503, "%d calls are under way; try again".formatted(MOST_CALLS))
              .addHeader(RawHeader.create("Retry-After", "1")));
    }
    CompletionStage<HttpResponse> answer;
    try {
      answer = status.get().thenCompose(cluster -> atGatewayOf(cluster, request));
    } catch (RuntimeException e) {
      calls.release();
      throw e;
    }
    return answer.whenComplete((response, failure) -> calls.release());
  }

  private static CompletionStage<HttpResponse> atGatewayOf(
      ClusterStatus cluster, Function<URI, CompletionStage<HttpResponse>> request) {
    if (cluster.gateway() == null) {
      return now(
          error(
              503,
              "no gateway is ready; bin/troupe status shows the state of each slot, and"
                  + " bin/troupe why gateway-1 the reason"));
    }
    URI gateway = URI.create(cluster.gateway());
    return request.apply(gateway).exceptionally(failure -> ofFailure(gateway, failure));
  }

  private static HttpResponse ofFailure(URI gateway, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    // A timeout of the connection is one of these, too.
    if (cause instanceof HttpTimeoutException) {
      return error(
          504,
          "the gateway %s did not answer within %d s; the call may have been done all the same"
              .formatted(gateway, TIMEOUT.toSeconds()));
    }
    return error(502, "the gateway %s cannot be reached: %s; try again".formatted(gateway, cause));
  }
}
