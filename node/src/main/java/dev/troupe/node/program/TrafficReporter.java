package dev.troupe.node.program;

import dev.troupe.protocol.registry.ProgramTraffic;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/** Counts the requests of this node to one program, for its host. Confined to the connector. */
final class TrafficReporter {
  private final ActorRef<ProgramTraffic> self;
  private final ActorRef<ProgramTraffic> host;
  private final IntSupplier unanswered;
  // The streams of the bodies write it.
  private final AtomicInteger bodies = new AtomicInteger();
  private ProgramTraffic.Report last;
  private long requests;
  private long errors;
  private boolean leaving;

  /**
   * Tells the host that this node sends requests from now on.
   *
   * @param self where the host answers
   * @param unanswered the number of requests without an answer
   */
  TrafficReporter(
      ActorRef<ProgramTraffic> self, ActorRef<ProgramTraffic> host, IntSupplier unanswered) {
    this.self = self;
    this.host = host;
    this.unanswered = unanswered;
    this.last = new ProgramTraffic.Report(self, 0, 0, 0);
    host.tell(last);
  }

  void answered(boolean isError) {
    requests++;
    if (isError) {
      errors++;
    }
  }

  /** The body of an answer is being passed on. */
  void bodyBegan() {
    bodies.incrementAndGet();
  }

  /** May run on any thread. */
  void bodyEnded(boolean counted) {
    if (counted) {
      bodies.decrementAndGet();
    }
  }

  /** The host takes no more requests. */
  void leave() {
    leaving = true;
    report();
    host.tell(last);
  }

  boolean isLeaving() {
    return leaving;
  }

  /** A request has ended: a host that is leaving waits for that. */
  void onChange() {
    if (leaving) {
      report();
    }
  }

  /**
   * Tells the host what has changed.
   *
   * @return whether anything had
   */
  boolean report() {
    ProgramTraffic.Report now =
        new ProgramTraffic.Report(self, unanswered.getAsInt() + bodies.get(), requests, errors);
    if (now.equals(last)) {
      return false;
    }
    last = now;
    host.tell(now);
    return true;
  }
}
