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
 * Collects a body up to a limit. Past it, it goes on reading for a while and throws away what
 * comes: were the connection closed under a client that is still sending, the reset would overtake
 * the answer (RFC 9112, 9.6).
 */
final class BodySink
    extends AbstractGraphStageWithMaterializedValue<
        SinkShape<ByteString>, CompletableFuture<Body>> {
  private enum Timer {
    TOO_SLOW,
    LINGERED
  }

  private final Inlet<ByteString> in = Inlet.create("BodySink.in");
  private final SinkShape<ByteString> shape = SinkShape.of(in);
  private final long limit;
  private final Duration timeout;
  private final Duration linger;

  /**
   * @param limit in bytes
   * @param timeout for the whole body
   * @param linger how long to go on reading what is thrown away
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
  public Pair<GraphStageLogic, CompletableFuture<Body>> createLogicAndMaterializedValuePair(
      Attributes attributes) {
    CompletableFuture<Body> body = new CompletableFuture<>();
    return Pair.create(new Logic(body), body);
  }

  private final class Logic extends TimerGraphStageLogic {
    private final CompletableFuture<Body> body;
    private final CompletableFuture<ByteString> end = new CompletableFuture<>();
    private ByteString collected = ByteString.emptyByteString();

    Logic(CompletableFuture<Body> body) {
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
              body.complete(new Body.Whole(JsonBytes.of(collected.toArrayUnsafe())));
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              refuse(400, "the body did not arrive whole: " + failure.getMessage());
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      scheduleOnce(Timer.TOO_SLOW, timeout);
      pull(in);
    }

    @Override
    public void postStop() {
      refuse(400, "the body did not arrive whole: the connection is gone");
      end.complete(ByteString.emptyByteString());
    }

    @Override
    public void onTimer(Object timer) {
      if (timer == Timer.TOO_SLOW) {
        refuse(408, "the body did not arrive within " + timeout.toMillis() + " ms");
        return;
      }
      completeStage();
    }

    private void onBytes(ByteString bytes) {
      if (body.isDone()) {
        return;
      }
      if (collected.size() + (long) bytes.size() > limit) {
        refuse(413, BodyReader.tooLarge(limit));
        return;
      }
      collected = collected.concat(bytes);
    }

    private void refuse(int httpCode, String message) {
      if (body.complete(new Body.Refused(httpCode, message, end))) {
        collected = ByteString.emptyByteString();
        cancelTimer(Timer.TOO_SLOW);
        scheduleOnce(Timer.LINGERED, linger);
      }
    }
  }
}
