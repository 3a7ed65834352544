package dev.troupe.node.stream;

import java.time.Duration;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Shape;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * One end of a stream between two nodes: its address, its view of the other end, and its clock.
 *
 * <p>Pekko's StreamRefs are not used: they end a stream by the death watch of each other's actors,
 * and no node accepts a watch of its actors from another node (untrusted mode).
 */
abstract class ChunkStageLogic extends TimerGraphStageLogic {
  private static final String CLOCK = "clock";
  private static final Duration SHORTEST_CHECK = Duration.ofMillis(10);

  private final Duration timeout;
  private @Nullable StageActor self;
  private @Nullable ActorRef peer;
  private long progressNanos = System.nanoTime();

  /**
   * @param timeout for each step of the stream
   */
  ChunkStageLogic(Shape shape, Duration timeout) {
    super(shape);
    this.timeout = timeout;
  }

  /** A message has arrived from another node. */
  abstract void onMessage(Object message);

  /** The node at the other end is lost. Only the loss of the whole node is noticed. */
  abstract void onPeerLost();

  /** Nothing has happened for as long as a step may take. */
  abstract void onTimeout(Duration timeout);

  /** This end gets its address and its clock. */
  final void open() {
    self = getStageActor(this::onReceived);
    Duration check = timeout.dividedBy(4);
    scheduleAtFixedRate(
        CLOCK,
        check.compareTo(SHORTEST_CHECK) < 0 ? SHORTEST_CHECK : check,
        check.compareTo(SHORTEST_CHECK) < 0 ? SHORTEST_CHECK : check);
    progress();
  }

  private BoxedUnit onReceived(Tuple2<ActorRef, Object> received) {
    if (received._2() instanceof Terminated) {
      onPeerLost();
    } else {
      onMessage(received._2());
    }
    return BoxedUnit.UNIT;
  }

  /** The address of this end. */
  final <M> org.apache.pekko.actor.typed.ActorRef<M> address() {
    if (self == null) {
      throw new IllegalStateException("not open");
    }
    return Adapter.toTyped(self.ref());
  }

  final boolean hasPeer() {
    return peer != null;
  }

  final boolean isPeer(org.apache.pekko.actor.typed.ActorRef<?> other) {
    return Adapter.toClassic(other).equals(peer);
  }

  final void setPeer(org.apache.pekko.actor.typed.ActorRef<?> other) {
    peer = Adapter.toClassic(other);
    if (self != null) {
      self.watch(peer);
    }
  }

  final void tellPeer(Object message) {
    if (peer != null && self != null) {
      peer.tell(message, self.ref());
    }
  }

  /** A step of the stream was done. */
  final void progress() {
    progressNanos = System.nanoTime();
  }

  @Override
  public final void onTimer(Object timer) {
    if (System.nanoTime() - progressNanos >= timeout.toNanos()) {
      onTimeout(timeout);
    }
  }
}
