package dev.troupe.gateway.http;

import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
 * Reads the bodies of requests, within a limit of size and of time. When it rejects a body that is
 * still arriving, it keeps the connection open for a while, so that the client can read the
 * response.
 */
public final class BodyReader {
  /** How the reading of a body ended. */
  public sealed interface Result {
    /** The body has arrived as a whole. */
    record Complete(JsonBytes data) implements Result {}

    /**
     * The body is not read to its end.
     *
     * @param message why, for the client
     * @param end completes, with no bytes, when the client has sent the rest of the body or the
     *     time for it is over
     */
    record Rejected(int httpCode, String message, CompletableFuture<ByteString> end)
        implements Result {}
  }

  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final CompletableFuture<ByteString> ENDED =
      CompletableFuture.completedFuture(ByteString.emptyByteString());

  private final Materializer materializer;
  private final long maxBytes;
  private final Duration timeout;

  /**
   * @param maxBytes size of a body
   * @param timeout for the whole body
   */
  public BodyReader(Materializer materializer, long maxBytes, Duration timeout) {
    this.materializer = materializer;
    this.maxBytes = maxBytes;
    this.timeout = timeout;
  }

  public static String tooLarge(long maxBytes) {
    return "the body is larger than the limit of " + maxBytes + " bytes";
  }

  /** The result if the body is in memory, or if its Content-Length is too large; else empty. */
  public Optional<Result> readNow(HttpRequest request) {
    HttpEntity entity = request.entity();
    if (entity.getContentLengthOption().orElse(0) > maxBytes) {
      return Optional.of(new Result.Rejected(413, tooLarge(maxBytes), discard(request)));
    }
    if (entity instanceof HttpEntity.Strict strict) {
      return Optional.of(new Result.Complete(JsonBytes.of(strict.getData().toArrayUnsafe())));
    }
    return Optional.empty();
  }

  /** How many bytes of the body are in memory before it is read. */
  public long bytesInMemory(HttpRequest request) {
    return request.entity() instanceof HttpEntity.Strict strict ? strict.getData().size() : 0;
  }

  /** Reads a body that is still arriving. The result never fails. */
  public CompletionStage<Result> read(HttpRequest request) {
    return request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .runWith(Sink.fromGraph(new BodySink(maxBytes, timeout, LINGER)), materializer);
  }

  /** The response to a request whose body is not read: its bytes are discarded. */
  public HttpResponse withBodyDiscarded(HttpRequest request, HttpResponse response) {
    return lingering(response, discard(request));
  }

  /**
   * The response to a request whose body may still be arriving. It is sent at once, but the
   * connection stays open until {@code end}.
   */
  public HttpResponse lingering(HttpResponse response, CompletableFuture<ByteString> end) {
    if (end.isDone()
        || !(response.entity() instanceof HttpEntity.Strict whole)
        || whole.getData().isEmpty()) {
      return response;
    }
    // Pekko ends the response when this source ends, and closes the connection after that.
    Source<ByteString, ?> bytes =
        Source.single(whole.getData()).concat(Source.completionStage(end));
    return response.withEntity(
        HttpEntities.create(whole.getContentType(), whole.getData().size(), bytes));
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

  // A client that expects "100 Continue" sends no body before it, so there is none to discard.
  private static boolean awaitsContinue(HttpRequest request) {
    for (HttpHeader header : request.getHeaders()) {
      if (header.is("expect")) {
        return true;
      }
    }
    return false;
  }
}
