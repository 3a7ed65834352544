package dev.troupe.gateway.request;

import dev.troupe.gateway.http.BodyReader;
import dev.troupe.gateway.route.RouteTarget;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.call.StreamedBody;
import dev.troupe.node.health.CallCounters;
import dev.troupe.node.program.ProxiedRequest;
import dev.troupe.node.program.ResponseBodies;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.settings.Settings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request on to a program, and the response back. Bodies that are small are held in
 * memory, so that the request can be sent again and the connection of the client stays open; all
 * others pass as they come. Thread-safe.
 */
final class ProgramProxy {
  private static final Logger log = LoggerFactory.getLogger(ProgramProxy.class);
  private static final long SMALL = 64 << 10;

  // RFC 9110, 9.2.2. A program knows no idempotency keys that could make others so.
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

  private final CallClient calls;
  private final BodyReader bodies;
  private final CallCounters counters;
  private final StreamedResponses streams;
  private final Uploads uploads;
  private final Materializer materializer;
  private final long smallBody;
  private final long maxUpload;
  private final long bodyMillis;
  private final ReplyHeaders replyHeaders = new ReplyHeaders();

  ProgramProxy(
      ActorSystem<?> system,
      Settings settings,
      CallClient calls,
      BodyReader bodies,
      CallCounters counters,
      StreamedResponses streams,
      Uploads uploads) {
    this.calls = calls;
    this.bodies = bodies;
    this.counters = counters;
    this.streams = streams;
    this.uploads = uploads;
    this.materializer = SystemMaterializer.get(system).materializer();
    this.smallBody = Math.min(SMALL, settings.gateway().maxBodyBytes());
    this.maxUpload = settings.streams().maxUploadBytes();
    this.bodyMillis = settings.streams().chunkTimeout().toMillis();
  }

  CompletionStage<HttpResponse> pass(Exchange exchange, RouteTarget.Program target) {
    HttpRequest request = exchange.request();
    if (!isSmall(request.entity(), smallBody)) {
      return uploads.pass(
          exchange, maxUpload, upload -> send(exchange, target, JsonBytes.EMPTY, upload));
    }
    return bodies
        .readNow(request)
        .<CompletionStage<BodyReader.Result>>map(CompletableFuture::completedStage)
        .orElseGet(() -> bodies.read(request))
        .thenCompose(
            body ->
                body instanceof BodyReader.Result.Rejected rejected
                    ? CompletableFuture.completedStage(
                        bodies.lingering(
                            exchange.error(rejected.httpCode(), rejected.message()),
                            rejected.end()))
                    : send(exchange, target, ((BodyReader.Result.Complete) body).data(), null))
        .exceptionally(failure -> failed(exchange, failure));
  }

  private static boolean isSmall(HttpEntity entity, long limit) {
    return entity.isStrict() || entity.getContentLengthOption().orElse(Long.MAX_VALUE) <= limit;
  }

  private CompletionStage<HttpResponse> send(
      Exchange exchange,
      RouteTarget.Program target,
      JsonBytes data,
      @Nullable StreamedBody upload) {
    HttpRequest request = exchange.request();
    boolean idempotent = IDEMPOTENT.contains(request.method().name());
    ProxiedRequest proxied =
        new ProxiedRequest(
            HttpRequest.create()
                .withMethod(request.method())
                .withUri(request.getUri().toRelative())
                .withHeaders(ForwardedHeaders.ofRequest(exchange)),
            request.entity().getContentType(),
            idempotent);
    CompletionStage<ServiceReply> reply =
        calls.call(
            new OutboundCall(
                exchange.id(),
                target.service(),
                exchange.what(),
                idempotent,
                // Tells requests from each other that a program may have died of.
                Map.of("uri", request.getUri().toString()),
                QueryParameters.NONE,
                data,
                Deadline.NEVER,
                null,
                null,
                exchange.trace(),
                ClientAddress.of(request),
                null,
                upload,
                Map.of(),
                proxied));
    counters.began();
    return reply
        .handle((answer, failure) -> answered(exchange, target, proxied, answer, failure))
        .thenCompose(Function.identity());
  }

  private CompletionStage<HttpResponse> answered(
      Exchange exchange,
      RouteTarget.Program target,
      ProxiedRequest proxied,
      @Nullable ServiceReply reply,
      @Nullable Throwable failure) {
    ProxiedRequest.Taken taken = proxied.take(reply == null ? 0 : reply.correlationId());
    if (taken.unwanted() != null) {
      ResponseBodies.cancel(taken.unwanted(), materializer);
    }
    counters.ended(reply == null || reply.status().isServiceError());
    if (reply == null) {
      return CompletableFuture.completedStage(failed(exchange, failure));
    }
    HttpResponse response = taken.response();
    if (response != null) {
      return passBack(exchange, target, response);
    }
    String message = reply.message() == null ? "the program gave no answer" : reply.message();
    return CompletableFuture.completedStage(
        replyHeaders.add(
            exchange.error(errorCode(reply), message), target.service(), reply.headers()));
  }

  // A reply with a correlation id is one of a connection to the program.
  private static int errorCode(ServiceReply reply) {
    return reply.status() == ReplyStatus.FAILED && reply.correlationId() != 0
        ? 502
        : reply.status().httpCode();
  }

  private CompletionStage<HttpResponse> passBack(
      Exchange exchange, RouteTarget.Program target, HttpResponse response) {
    HttpResponse passed =
        exchange.identified(response.withHeaders(ForwardedHeaders.ofResponse(response)));
    if (passed.entity().isStrict() || exchange.isHead()) {
      return CompletableFuture.completedStage(passed);
    }
    if (!isSmall(passed.entity(), SMALL)) {
      return CompletableFuture.completedStage(streams.passedOn(exchange, passed));
    }
    return passed
        .entity()
        .toStrict(bodyMillis, materializer)
        .handle(
            (whole, failure) ->
                failure == null
                    ? passed.withEntity(whole)
                    : exchange.error(
                        502,
                        "%s broke off its answer: %s"
                            .formatted(target.service(), failure.getMessage())));
  }

  private static HttpResponse failed(Exchange exchange, @Nullable Throwable failure) {
    log.error("[{}] {} failed", exchange.id(), exchange.what(), failure);
    return exchange.error(
        500, "the gateway failed to pass this request on; its log says why, under this request id");
  }
}
