package dev.troupe.gateway.http;

import dev.troupe.node.call.StreamedBody;
import dev.troupe.node.http.HttpListener;
import dev.troupe.node.stream.ChunkSender;
import dev.troupe.node.stream.Chunks;
import dev.troupe.node.stream.StreamException;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.settings.StreamSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The body of a request, while it passes to an instance in chunks. Thread-safe. */
public final class IncomingUpload implements StreamedBody {
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Duration timeout;
  private final UploadFlow flow;
  private final UniqueKillSwitch kill;
  private final CompletionStage<IncomingUpload> begun;
  private volatile boolean taken;
  private volatile long sentAtNanos;
  private volatile boolean sent;
  private volatile @Nullable BodyStream stream;

  private IncomingUpload(
      HttpRequest request, long limit, StreamSettings settings, Materializer materializer) {
    this.timeout = settings.uploadTimeout();
    this.flow = new UploadFlow(limit, LINGER);
    request.getAttribute(HttpListener.BODY_STREAMED).ifPresent(Runnable::run);
    String type = request.entity().getContentType().toString();
    long length = request.entity().getContentLengthOption().orElse(BodyStream.UNKNOWN);
    Pair<UniqueKillSwitch, CompletionStage<ActorRef<ChunkRequest>>> running =
        request
            .entity()
            .withoutSizeLimit()
            .getDataBytes()
            .via(flow)
            .via(Chunks.split())
            .viaMat(KillSwitches.single(), Keep.right())
            .watchTermination(
                (killed, done) -> {
                  done.whenComplete((end, failure) -> onSent());
                  return killed;
                })
            .toMat(
                Sink.fromGraph(new ChunkSender(settings.chunkTimeout(), () -> taken = true)),
                Keep.both())
            .run(materializer);
    this.kill = running.first();
    this.begun =
        running
            .second()
            .thenApply(
                source -> {
                  stream = new BodyStream(type, length, source);
                  return this;
                });
  }

  /**
   * Begins to read the body of {@code request}.
   *
   * @param limit in bytes
   */
  public static IncomingUpload begin(
      HttpRequest request, long limit, StreamSettings settings, Materializer materializer) {
    return new IncomingUpload(request, limit, settings, materializer);
  }

  private void onSent() {
    sentAtNanos = System.nanoTime();
    sent = true;
  }

  /** Completes when the first chunk is there; fails when the body fails before. */
  public CompletionStage<IncomingUpload> begun() {
    return begun;
  }

  /** The call is answered: nobody reads the rest of the body. */
  public void stop() {
    kill.abort(new StreamException("the call is answered"));
  }

  /** Why the body is not taken as a whole; null if it is not too large. */
  public @Nullable String tooLarge() {
    return flow.tooLarge();
  }

  /** Completes, with no bytes, when no more of the body is read. */
  public CompletableFuture<ByteString> end() {
    return flow.hasArrived()
        ? CompletableFuture.completedFuture(ByteString.emptyByteString())
        : flow.end();
  }

  @Override
  public BodyStream stream() {
    return Objects.requireNonNull(stream);
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public boolean isTaken() {
    return taken;
  }

  @Override
  public boolean isSentBefore(long nanos) {
    return sent && sentAtNanos - nanos < 0;
  }
}
