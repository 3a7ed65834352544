package dev.troupe.gateway.request;

import dev.troupe.gateway.http.BodyReader;
import dev.troupe.gateway.http.IncomingUpload;
import dev.troupe.node.stream.StreamException;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.settings.StreamSettings;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.stream.SystemMaterializer;

/** Passes the bodies of requests on that are not held in memory. Thread-safe. */
public final class Uploads {
  // What a form of a page of another origin can send, see ServiceCaller. A script that sends a body
  // without a type names its Origin, which RequestFilter checks.
  private static final Set<String> OF_FORMS =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  private static final HttpHeader CLOSE = Connection.create("close");

  private final ActorSystem<?> system;
  private final StreamSettings settings;
  private final BodyReader bodies;
  private final AtomicInteger open = new AtomicInteger();

  public Uploads(ActorSystem<?> system, StreamSettings settings, BodyReader bodies) {
    this.system = system;
    this.settings = settings;
    this.bodies = bodies;
  }

  /**
   * Makes a call with the body of a request.
   *
   * @param call makes it, when the first bytes are there
   */
  CompletionStage<HttpResponse> pass(
      Exchange exchange,
      ActionDescriptor action,
      Function<IncomingUpload, CompletionStage<HttpResponse>> call) {
    HttpRequest request = exchange.request();
    String media = request.entity().getContentType().mediaType().toString();
    if (action.method() == HttpMethod.POST && OF_FORMS.contains(media)) {
      return refuse(
          exchange,
          415,
          "the Content-Type is %s, as that of a form (expected: that of the file, like application/octet-stream)"
              .formatted(media));
    }
    long limit =
        action.maxUpload() == Action.MAX_UPLOAD_OF_SETTINGS
            ? settings.maxUploadBytes()
            : action.maxUpload();
    return pass(exchange, limit, call);
  }

  /**
   * Makes a call with the body of a request, of whatever type.
   *
   * @param limit of the body, in bytes
   * @param call makes it, when the first bytes are there
   */
  CompletionStage<HttpResponse> pass(
      Exchange exchange, long limit, Function<IncomingUpload, CompletionStage<HttpResponse>> call) {
    HttpRequest request = exchange.request();
    if (request.entity().getContentLengthOption().orElse(0) > limit) {
      return refuse(exchange, 413, BodyReader.tooLarge(limit));
    }
    if (open.incrementAndGet() > settings.max()) {
      open.decrementAndGet();
      return refuse(
          exchange,
          503,
          "this gateway has %d uploads under way (troupe.streams.max); try again later"
              .formatted(settings.max()));
    }
    IncomingUpload upload =
        IncomingUpload.begin(
            request, limit, settings, SystemMaterializer.get(system).materializer());
    return upload
        .begun()
        .thenCompose(call)
        .exceptionally(failure -> exchange.error(400, reason(failure)))
        .thenApply(response -> answered(exchange, upload, response));
  }

  private HttpResponse answered(Exchange exchange, IncomingUpload upload, HttpResponse response) {
    open.decrementAndGet();
    upload.stop();
    String tooLarge = upload.tooLarge();
    HttpResponse reply = tooLarge == null ? response : exchange.error(413, tooLarge);
    boolean unread = !upload.end().isDone();
    // The rest of the body would be taken for the next request.
    return bodies.lingering(unread ? reply.addHeader(CLOSE) : reply, upload.end());
  }

  private CompletionStage<HttpResponse> refuse(Exchange exchange, int code, String message) {
    return CompletableFuture.completedStage(
        bodies.withBodyDiscarded(exchange.request(), exchange.error(code, message)));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    return cause instanceof StreamException
        ? String.valueOf(cause.getMessage())
        : "the body did not arrive whole: " + cause.getMessage();
  }
}
