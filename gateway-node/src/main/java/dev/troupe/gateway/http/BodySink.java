package dev.troupe.gateway.http;

import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Collects a body up to a limit. Past the limit, it reads on for a while and discards the bytes: a
 * connection that is closed while its client is still sending is reset, and the reset would
 * overtake the response (RFC 9112, 9.6).
 */
final class BodySink
    extends AbstractGraphStageWithMaterializedValue<
        SinkShape<ByteString>, CompletableFuture<BodyReader.Result>> {
  private enum Timer {
    TIMEOUT,
    LINGER_OVER
  }

  private final Inlet<ByteString> in = Inlet.create("BodySink.in");
  private final SinkShape<ByteString> shape = SinkShape.of(in);
  private final long limit;
  private final Duration timeout;
  private final Duration linger;

  /**
   * @param limit in bytes
   * @param timeout for the whole body
   * @param linger how long to read on after the body was rejected
   */
  BodySink(long limit, Duration timeout, Duration linger) {
    this.limit = limit;
    this.timeout = timeout;
    this.linger = linger;
  }

  @Override
  public SinkShape<ByteString> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, CompletableFuture<BodyReader.Result>>
      createLogicAndMaterializedValuePair(Attributes attributes) {
    CompletableFuture<BodyReader.Result> body = new CompletableFuture<>();
    return Pair.create(new Logic(body), body);
  }

  private final class Logic extends TimerGraphStageLogic {
    private final CompletableFuture<BodyReader.Result> body;
    private final CompletableFuture<ByteString> end = new CompletableFuture<>();
    private ByteString collected = ByteString.emptyByteString();

    Logic(CompletableFuture<BodyReader.Result> body) {
      super(shape);
      this.body = body;
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              onBytes(grab(in));
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              body.complete(
                  new BodyReader.Result.Complete(JsonBytes.of(collected.toArrayUnsafe())));
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              reject(400, "the body did not arrive whole: " + failure.getMessage());
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      scheduleOnce(Timer.TIMEOUT, timeout);
      pull(in);
    }

    @Override
    public void postStop() {
      reject(400, "the body did not arrive whole: the connection was closed");
      end.complete(ByteString.emptyByteString());
    }

    @Override
    public void onTimer(Object timer) {
      if (timer == Timer.TIMEOUT) {
        reject(408, "the body did not arrive within " + timeout.toMillis() + " ms");
        return;
      }
      completeStage();
    }

    private void onBytes(ByteString bytes) {
      if (body.isDone()) {
        return;
      }
      if (collected.size() + (long) bytes.size() > limit) {
        reject(413, BodyReader.tooLarge(limit));
        return;
      }
      collected = collected.concat(bytes);
    }

    private void reject(int httpCode, String message) {
      if (body.complete(new BodyReader.Result.Rejected(httpCode, message, end))) {
        collected = ByteString.emptyByteString();
        cancelTimer(Timer.TIMEOUT);
        scheduleOnce(Timer.LINGER_OVER, linger);
      }
    }
  }
}
