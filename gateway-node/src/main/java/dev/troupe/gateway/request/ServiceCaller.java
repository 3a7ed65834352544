package dev.troupe.gateway.request;

import dev.troupe.gateway.http.BodyReader;
import dev.troupe.gateway.http.JsonContentType;
import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.gateway.route.RouteTarget;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.node.call.StreamedBody;
import dev.troupe.node.health.CallCounters;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns an HTTP request into a call of a service, and its reply into a response. Thread-safe. */
final class ServiceCaller {
  private static final Logger log = LoggerFactory.getLogger(ServiceCaller.class);
  private static final Map<ReplyStatus, HttpResponse> RESPONSES = responses(JsonResponses::empty);
  private static final Map<ReplyStatus, HttpResponse> RESPONSES_WITH_ETAG =
      responses(JsonResponses::revalidated);

  private static final String ETAG = "ETag";
  private static final String EXPECTED_JSON =
      "the Content-Type %s (expected: Content-Type: application/json, in UTF-8, with each %s, even one without a body)";

  private final CallClient calls;
  private final BodyReader bodies;
  private final CallCounters counters;
  private final StreamedResponses streams;
  private final Uploads uploads;
  private final ReplyHeaders replyHeaders = new ReplyHeaders();

  ServiceCaller(
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
  }

  private record ActionCall(
      RouteTarget.ServiceAction target, Map<String, String> path, QueryParameters query) {}

  /**
   * @throws BadRequestException when headers or query are malformed
   */
  CompletionStage<HttpResponse> call(
      Exchange exchange, RouteTarget.ServiceAction target, Map<String, String> path) {
    if (target.action().maxUpload() != Action.NO_UPLOAD) {
      exchange.headers().check();
      ActionCall call = new ActionCall(target, path, exchange.queryParameters());
      return uploads.pass(
          exchange, target.action(), upload -> send(exchange, call, JsonBytes.EMPTY, upload));
    }
    HttpRequest request = exchange.request();
    ContentType type = request.entity().getContentType();
    if (target.action().method() != HttpMethod.GET && !JsonContentType.matches(type)) {
      HttpResponse error = exchange.error(415, notJson(exchange, target.action().method(), type));
      return CompletableFuture.completedStage(bodies.withBodyDiscarded(request, error));
    }
    exchange.headers().check();
    ActionCall call = new ActionCall(target, path, exchange.queryParameters());
    Optional<BodyReader.Result> body = bodies.readNow(request);
    if (body.isPresent()) {
      return send(exchange, call, body.get());
    }
    return bodies
        .read(request)
        .thenCompose(read -> send(exchange, call, read))
        .exceptionally(failure -> failed(exchange, failure));
  }

  // The requirement protects against web pages of other origins in browsers that send no Origin.
  // Such a page can make the browser send a form, or a POST without a body and a type. It can make
  // it send the type JSON only if the gateway consents (CORS), and the gateway does not.
  private static String notJson(Exchange exchange, HttpMethod method, ContentType type) {
    String illegal = exchange.headers().illegalContentType();
    if (illegal != null) {
      return EXPECTED_JSON.formatted("is '" + RequestFilter.printable(illegal) + "'", method);
    }
    // Pekko HTTP gives a request without a type one of these.
    boolean none =
        type.equals(ContentTypes.NO_CONTENT_TYPE)
            || type.equals(ContentTypes.APPLICATION_OCTET_STREAM);
    return EXPECTED_JSON.formatted(none ? "does not say that it is JSON" : "is " + type, method);
  }

  private CompletionStage<HttpResponse> send(
      Exchange exchange, ActionCall call, BodyReader.Result body) {
    if (body instanceof BodyReader.Result.Rejected rejected) {
      return CompletableFuture.completedStage(
          bodies.lingering(
              exchange.error(rejected.httpCode(), rejected.message()), rejected.end()));
    }
    ActionDescriptor action = call.target().action();
    JsonBytes data =
        action.method().hasBody() && body instanceof BodyReader.Result.Complete complete
            ? complete.data()
            : JsonBytes.EMPTY;
    return send(exchange, call, data, null);
  }

  private CompletionStage<HttpResponse> send(
      Exchange exchange, ActionCall call, JsonBytes data, @Nullable StreamedBody upload) {
    ActionDescriptor action = call.target().action();
    CompletionStage<ServiceReply> reply =
        calls.call(
            new OutboundCall(
                exchange.id(),
                call.target().service(),
                action.name(),
                action.idempotent(),
                call.path(),
                call.query(),
                data,
                Deadline.NEVER,
                idempotencyKey(exchange, action),
                exchange.headers().preconditions(),
                exchange.trace(),
                ClientAddress.of(exchange.request()),
                null,
                upload,
                RequestHeaders.values(exchange.request(), action.headers()),
                null));
    counters.began();
    return reply.handle((answer, failure) -> answered(exchange, call, answer, failure));
  }

  private static @Nullable String idempotencyKey(Exchange exchange, ActionDescriptor action) {
    // A GET that is repeated reads anew and must not get a stored reply.
    if (action.method() == HttpMethod.GET) {
      return null;
    }
    String given = exchange.headers().idempotencyKey();
    // A DELETE that the router repeats must not answer 404, so it gets a key of its own.
    return given == null && action.idempotent() ? "once-" + UUID.randomUUID() : given;
  }

  private HttpResponse answered(
      Exchange exchange,
      ActionCall call,
      @Nullable ServiceReply reply,
      @Nullable Throwable failure) {
    if (reply == null) {
      counters.ended(true);
      return failed(exchange, failure);
    }
    counters.ended(reply.status().isServiceError());
    String service = call.target().service();
    return replyHeaders.add(response(exchange, reply), service, reply.headers());
  }

  private HttpResponse response(Exchange exchange, ServiceReply reply) {
    Map<ReplyStatus, HttpResponse> responses =
        reply.headers().containsKey(ETAG) ? RESPONSES_WITH_ETAG : RESPONSES;
    HttpResponse response = responses.get(reply.status());
    if (response == null) {
      String message = reply.message() == null ? "the service gave no reason" : reply.message();
      int httpCode = reply.status().httpCode();
      return exchange.error(httpCode, message, FieldError.read(reply.data()));
    }
    HttpResponse head = exchange.identified(response);
    if (!reply.status().isSuccess() || reply.status() == ReplyStatus.NO_CONTENT) {
      return head;
    }
    BodyStream stream = reply.stream();
    return stream == null
        ? head.withEntity(entity(reply))
        : streams.response(exchange, head, contentType(stream.type()), stream);
  }

  private static HttpEntity.Strict entity(ServiceReply reply) {
    byte[] bytes = reply.data().bytes();
    String type = reply.headers().get(ServiceReply.CONTENT_TYPE);
    return type == null
        ? JsonResponses.entity(bytes)
        : HttpEntities.create(contentType(type), ByteString.fromArrayUnsafe(bytes));
  }

  private static ContentType contentType(String type) {
    try {
      return ContentTypes.parse(type);
    } catch (RuntimeException unparsable) {
      return ContentTypes.APPLICATION_OCTET_STREAM;
    }
  }

  private static HttpResponse failed(Exchange exchange, @Nullable Throwable failure) {
    log.error("[{}] {} failed", exchange.id(), exchange.what(), failure);
    return exchange.error(
        500, "the gateway failed to make this call; its log says why, under this request id");
  }

  private static Map<ReplyStatus, HttpResponse> responses(IntFunction<HttpResponse> of) {
    Map<ReplyStatus, HttpResponse> responses = new EnumMap<>(ReplyStatus.class);
    for (ReplyStatus status : ReplyStatus.values()) {
      if (!status.isError()) {
        responses.put(status, of.apply(status.httpCode()));
      }
    }
    return responses;
  }
}
