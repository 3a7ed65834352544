package dev.troupe.gateway.http;

import dev.troupe.node.stream.StreamException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of one request on, up to a limit. When nobody wants the rest, it reads on for a
 * while and discards the bytes, as {@link BodySink} does.
 */
final class UploadFlow extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Inlet<ByteString> in = Inlet.create("UploadFlow.in");
  private final Outlet<ByteString> out = Outlet.create("UploadFlow.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final long limit;
  private final Duration linger;
  private final CompletableFuture<ByteString> end = new CompletableFuture<>();
  private volatile @Nullable String tooLarge;
  private volatile boolean arrived;

  /**
   * @param limit in bytes
   * @param linger how long to read on when nobody wants the rest
   */
  UploadFlow(long limit, Duration linger) {
    this.limit = limit;
    this.linger = linger;
  }

  /** Completes, with no bytes, when no more of the body is read. */
  CompletableFuture<ByteString> end() {
    return end;
  }

  /** Null unless the body is larger than the limit. */
  @Nullable String tooLarge() {
    return tooLarge;
  }

  /** Whether the whole body has arrived. */
  boolean hasArrived() {
    return arrived;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private long bytes;
    private boolean discarding;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              onBytes(grab(in));
            }

            @Override
            public void onUpstreamFinish() {
              arrived = !discarding;
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              failStage(
                  new StreamException("the body did not arrive whole: " + failure.getMessage()));
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              discard();
            }
          });
    }

    private void onBytes(ByteString chunk) {
      bytes += chunk.size();
      if (discarding) {
        pull(in);
      } else if (bytes > limit) {
        String message = BodyReader.tooLarge(limit);
        tooLarge = message;
        fail(out, new StreamException(message));
        discard();
      } else {
        push(out, chunk);
      }
    }

    private void discard() {
      discarding = true;
      scheduleOnce("linger", linger);
      if (!hasBeenPulled(in)) {
        tryPull(in);
      }
    }

    @Override
    public void onTimer(Object timer) {
      completeStage();
    }

    @Override
    public void postStop() {
      end.complete(ByteString.emptyByteString());
    }
  }
}
