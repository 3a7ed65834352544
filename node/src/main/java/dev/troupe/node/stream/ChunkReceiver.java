package dev.troupe.node.stream;

import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.call.StreamPart;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The receiving end of a stream: asks for chunks as they are taken, and holds a few. It fails with
 * {@link StreamException} when the stream ends before its end, and when its node is lost.
 */
public final class ChunkReceiver extends GraphStage<SourceShape<ByteString>> {
  // As many as are on their way between two nodes of a host while one is taken.
  private static final int WINDOW = 4;

  private final Outlet<ByteString> out = Outlet.create("ChunkReceiver.out");
  private final SourceShape<ByteString> shape = SourceShape.of(out);
  private final ActorRef<ChunkRequest> source;
  private final Duration timeout;

  /**
   * @param timeout how long the next chunk may take to arrive
   */
  public ChunkReceiver(ActorRef<ChunkRequest> source, Duration timeout) {
    this.source = source;
    this.timeout = timeout;
  }

  /** Tells the source of a stream that nobody wants it. */
  public static void discard(ActorRef<ChunkRequest> source, ActorRef<StreamPart> nobody) {
    source.tell(new ChunkRequest(ChunkRequest.NO_MORE, nobody));
  }

  @Override
  public SourceShape<ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends ChunkStageLogic {
    private final Queue<ByteString> chunks = new ArrayDeque<>();
    private long received;
    private long taken;
    private long asked;
    private boolean ended;

    Logic() {
      super(shape, timeout);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              progress();
              advance();
            }
          });
    }

    @Override
    public void preStart() {
      open();
      setPeer(source);
      ask(WINDOW);
    }

    private void ask(long until) {
      asked = until;
      tellPeer(new ChunkRequest(until, address()));
    }

    @Override
    void onMessage(Object message) {
      if (!(message instanceof StreamPart part) || ended) {
        return;
      }
      if (part instanceof StreamEnd end && end.failure() != null) {
        ended = true;
        failStage(new StreamException(end.failure()));
        return;
      }
      if (part.number() != received) {
        failStage(new StreamException("a chunk was lost on its way"));
        return;
      }
      progress();
      if (part instanceof StreamChunk chunk) {
        received++;
        chunks.add(ByteString.fromArrayUnsafe(chunk.bytes().bytes()));
      } else {
        ended = true;
      }
      advance();
    }

    private void advance() {
      ByteString next = isAvailable(out) ? chunks.poll() : null;
      if (next != null) {
        taken++;
        if (!ended && asked - taken <= WINDOW / 2) {
          ask(taken + WINDOW);
        }
        push(out, next);
      }
      if (ended && chunks.isEmpty()) {
        complete(out);
      }
    }

    @Override
    void onPeerLost() {
      if (!ended) {
        failStage(new StreamException("the node that sends the stream is lost"));
      }
    }

    @Override
    void onTimeout(Duration timeout) {
      if (isAvailable(out) && !ended) {
        failStage(new StreamException("no chunk arrived within " + timeout.toMillis() + " ms"));
      }
    }

    @Override
    public void postStop() {
      if (!ended) {
        tellPeer(new ChunkRequest(ChunkRequest.NO_MORE, address()));
      }
    }
  }
}
