package dev.troupe.seed.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.trace.TraceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;

/** Sends calls to gateways. Blocks no thread while a gateway works. Thread-safe. */
public final class GatewayClient {
  /** The longest part of an answer that is read, in bytes. */
  public static final int MAX_ANSWER = 256 << 10;

  private static final int MAX_DOCUMENT = 4 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  // The management listener gives up a request after 20 s.
  private static final Duration BODY = Duration.ofSeconds(3);

  private final Executor executor;
  private final Duration timeout;

  /**
   * @param executor runs what comes after an answer
   * @param timeout from the beginning of a call to the headers of its answer; below 16 s
   */
  public GatewayClient(Executor executor, Duration timeout) {
    this.executor = executor;
    this.timeout = timeout;
  }

  /**
   * Sends a call. It has a trace of its own, which is kept.
   *
   * @param gateway the address of a gateway of this cluster
   * @return fails with {@code java.net.http.HttpTimeoutException} when no answer begins in time,
   *     and with another {@code java.io.IOException} when the gateway cannot be reached
   * @throws InvalidCallException when the path leads elsewhere
   */
  public CompletableFuture<CallAnswer> send(URI gateway, GatewayCall call)
      throws InvalidCallException {
    TraceContext trace = sampled();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.at(gateway))
            .timeout(timeout)
            .method(
                call.method(),
                call.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(call.body(), UTF_8));
    call.headers().forEach(request::setHeader);
    request.setHeader("traceparent", trace.traceparent());
    long began = System.nanoTime();
    return client()
        .sendAsync(request.build(), head -> new BoundedBody(MAX_ANSWER, BODY))
        .thenApply(response -> answer(gateway, response, trace, began));
  }

  // The client asks for the trace to be recorded.
  private static TraceContext sampled() {
    return new TraceContext(
        TraceContext.randomId(),
        TraceContext.randomId(),
        TraceContext.randomId(),
        true,
        false,
        null);
  }

  private static CallAnswer answer(
      URI gateway, HttpResponse<BoundedBody.Read> response, TraceContext trace, long began) {
    BoundedBody.Read read = response.body();
    Optional<String> text = text(read);
    List<CallAnswer.Header> headers =
        response.headers().map().entrySet().stream()
            .flatMap(
                header ->
                    header.getValue().stream()
                        .map(value -> new CallAnswer.Header(header.getKey(), value)))
            .toList();
    return new CallAnswer(
        gateway.toString(),
        response.statusCode(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
        headers,
        text.orElse(""),
        read.bytes().size(),
        !read.whole(),
        text.isEmpty(),
        trace.traceId());
  }

  // A body that was cut may end within a character.
  private static Optional<String> text(BoundedBody.Read read) {
    int most = read.whole() ? 0 : Math.min(3, read.bytes().size());
    for (int less = 0; less <= most; less++) {
      try {
        ByteBuffer bytes = read.bytes().dropRight(less).asByteBuffer();
        return Optional.of(UTF_8.newDecoder().decode(bytes).toString());
      } catch (CharacterCodingException binary) {
        // Perhaps without the last byte.
      }
    }
    return Optional.empty();
  }

  /**
   * The OpenAPI document of a gateway, as JSON; empty when the gateway answers with none.
   *
   * @return fails as {@link #send} does
   */
  public CompletableFuture<Optional<ByteString>> document(URI gateway) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/openapi.json")).timeout(timeout).build();
    return client()
        .sendAsync(request, head -> new BoundedBody(MAX_DOCUMENT, BODY))
        .thenApply(
            response ->
                response.statusCode() == 200 && response.body().whole()
                    ? Optional.of(response.body().bytes())
                    : Optional.empty());
  }

  // Made for each call: an idle client has threads.
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .executor(executor)
        .build();
  }
}
