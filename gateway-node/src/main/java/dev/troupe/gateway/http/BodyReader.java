package dev.troupe.gateway.http;

import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Reads bodies within their limits, and sees to it that a client that is refused in the middle of
 * its body can read why.
 */
public final class BodyReader {
  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final CompletableFuture<ByteString> ENDED =
      CompletableFuture.completedFuture(ByteString.emptyByteString());

  private final Materializer materializer;
  private final long maxBytes;
  private final Duration timeout;

  /**
   * @param timeout for the whole of a body
   */
  public BodyReader(Materializer materializer, long maxBytes, Duration timeout) {
    this.materializer = materializer;
    this.maxBytes = maxBytes;
    this.timeout = timeout;
  }

  static String tooLarge(long maxBytes) {
    return "the body is larger than " + maxBytes + " bytes, the most that is taken here";
  }

  /** The body if it arrived with the head of the request, or if its size is enough to refuse it. */
  public Optional<Body> atOnce(HttpRequest request) {
    HttpEntity entity = request.entity();
    if (entity.getContentLengthOption().orElse(0) > maxBytes) {
      return Optional.of(new Body.Refused(413, tooLarge(maxBytes), discard(request)));
    }
    if (entity instanceof HttpEntity.Strict strict) {
      return Optional.of(new Body.Whole(JsonBytes.of(strict.getData().toArrayUnsafe())));
    }
    return Optional.empty();
  }

  /** How much of the body is held in memory before anybody reads it. */
  public long bytesInMemory(HttpRequest request) {
    return request.entity() instanceof HttpEntity.Strict strict ? strict.getData().size() : 0;
  }

  /** Reads a body that is still arriving; the stage never fails. */
  public CompletionStage<Body> read(HttpRequest request) {
    return request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .runWith(Sink.fromGraph(new BodySink(maxBytes, timeout, LINGER)), materializer);
  }

  /** The answer to a request whose body nobody has begun to read. */
  public HttpResponse unread(HttpRequest request, HttpResponse response) {
    return lingering(response, discard(request));
  }

  /**
   * The answer to a request that may still be arriving: sent at once, but the connection stays open
   * until {@code end}.
   */
  public HttpResponse lingering(HttpResponse response, CompletableFuture<ByteString> end) {
    if (end.isDone()
        || !(response.entity() instanceof HttpEntity.Strict whole)
        || whole.getData().isEmpty()) {
      return response;
    }
    Source<ByteString, ?> bytes =
        Source.single(whole.getData()).concat(Source.completionStage(end));
    return response.withEntity(
        HttpEntities.create(ContentTypes.APPLICATION_JSON, whole.getData().size(), bytes));
  }

  private CompletableFuture<ByteString> discard(HttpRequest request) {
    if (request.entity().isStrict() || awaitsContinue(request)) {
      return ENDED;
    }
    CompletableFuture<ByteString> end = new CompletableFuture<>();
    request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .takeWithin(LINGER)
        .runWith(Sink.ignore(), materializer)
        .whenComplete((done, failure) -> end.complete(ByteString.emptyByteString()));
    return end;
  }

  // Such a client sends no body before it is told to: there is nothing to wait for.
  private static boolean awaitsContinue(HttpRequest request) {
    for (HttpHeader header : request.getHeaders()) {
      if (header.is("expect")) {
        return true;
      }
    }
    return false;
  }
}
