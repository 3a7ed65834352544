package dev.troupe.node.stream;

import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.call.StreamPart;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a stream. It keeps one chunk ready, and sends as many as the receiving end
 * asked for. Its value completes with the address to ask when the first chunk is there, and fails
 * when the source fails before that.
 */
public final class ChunkSender
    extends AbstractGraphStageWithMaterializedValue<
        SinkShape<ByteString>, CompletionStage<ActorRef<ChunkRequest>>> {
  private final Inlet<ByteString> in = Inlet.create("ChunkSender.in");
  private final SinkShape<ByteString> shape = SinkShape.of(in);
  private final Duration timeout;
  private final Runnable onAsked;

  /**
   * @param timeout how long the next chunk may take to be made, and how long it may wait until the
   *     receiving end asks for it
   */
  public ChunkSender(Duration timeout) {
    this(timeout, () -> {});
  }

  /**
   * @param onAsked runs when the receiving end asks for the first time
   */
  public ChunkSender(Duration timeout, Runnable onAsked) {
    this.timeout = timeout;
    this.onAsked = onAsked;
  }

  @Override
  public SinkShape<ByteString> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, CompletionStage<ActorRef<ChunkRequest>>>
      createLogicAndMaterializedValuePair(Attributes attributes) {
    CompletableFuture<ActorRef<ChunkRequest>> ready = new CompletableFuture<>();
    return Pair.create(new Logic(ready), ready);
  }

  private final class Logic extends ChunkStageLogic {
    private final CompletableFuture<ActorRef<ChunkRequest>> ready;
    private @Nullable ByteString held;
    private long sent;
    private long wanted;
    private boolean sourceEnded;
    private @Nullable String failure;
    private boolean endSent;

    Logic(CompletableFuture<ActorRef<ChunkRequest>> ready) {
      super(shape, timeout);
      this.ready = ready;
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              held = grab(in);
              progress();
              ready.complete(address());
              advance();
            }

            @Override
            public void onUpstreamFinish() {
              sourceEnded = true;
              progress();
              ready.complete(address());
              advance();
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
              if (ready.completeExceptionally(cause)) {
                failStage(cause);
                return;
              }
              sourceEnded = true;
              held = null;
              failure = String.valueOf(cause.getMessage());
              progress();
              advance();
            }
          });
    }

    @Override
    public void preStart() {
      open();
      setKeepGoing(true);
      pull(in);
    }

    @Override
    void onMessage(Object message) {
      if (!(message instanceof ChunkRequest request)) {
        return;
      }
      if (!hasPeer()) {
        setPeer(request.replyTo());
        onAsked.run();
      } else if (!isPeer(request.replyTo())) {
        request.replyTo().tell(new StreamEnd(0, "another node reads this stream"));
        return;
      }
      if (request.until() == ChunkRequest.NO_MORE) {
        endSent = true;
        end(new StreamException("the receiver wants no more"));
        return;
      }
      wanted = Math.max(wanted, request.until());
      progress();
      advance();
    }

    private void advance() {
      ByteString chunk = held;
      if (chunk != null && sent < wanted) {
        held = null;
        tellPeer(new StreamChunk(sent, JsonBytes.of(chunk.toArrayUnsafe())));
        sent++;
        progress();
      }
      if (sourceEnded) {
        if (held == null && hasPeer()) {
          sendEnd(failure);
          completeStage();
        }
      } else if (held == null && !hasBeenPulled(in)) {
        pull(in);
      }
    }

    private void sendEnd(@Nullable String why) {
      endSent = true;
      StreamPart end = new StreamEnd(sent, why);
      tellPeer(end);
    }

    @Override
    void onPeerLost() {
      end(new StreamException("the node that receives the stream is lost"));
    }

    @Override
    void onTimeout(Duration timeout) {
      String why =
          held == null && !sourceEnded
              ? "no chunk was made within " + timeout.toMillis() + " ms"
              : "no chunk was asked for within " + timeout.toMillis() + " ms";
      sendEnd(why);
      end(new StreamException(why));
    }

    private void end(StreamException why) {
      ready.completeExceptionally(why);
      cancelStage(why);
    }

    @Override
    public void postStop() {
      ready.completeExceptionally(new StreamException("the stream was aborted"));
      if (!endSent) {
        sendEnd("the stream was aborted");
      }
    }
  }
}
