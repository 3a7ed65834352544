package dev.troupe.node.http;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server had to do to its connections, and the line in the log that says so once a minute.
 * Thread-safe; reported by one thread at a time.
 */
final class ConnectionCounters {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final long REPORT_NANOS = 60_000_000_000L;

  final LongAdder closedForRoom = new LongAdder();
  final LongAdder closedSlow = new LongAdder();
  final LongAdder closedIdle = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder bodiesRefused = new LongAdder();
  final LongAdder repliesRefused = new LongAdder();
  private final String name;
  private ConnectionFigures reported = ConnectionFigures.NONE;
  private long reportedNanos = System.nanoTime() - REPORT_NANOS;

  /**
   * @param name of the server, for the log
   */
  ConnectionCounters(String name) {
    this.name = name;
  }

  ConnectionFigures figures(int open, int max) {
    return new ConnectionFigures(
        open,
        max,
        closedForRoom.sum(),
        closedSlow.sum(),
        closedIdle.sum(),
        refused.sum(),
        bodiesRefused.sum(),
        repliesRefused.sum());
  }

  void report(ConnectionFigures now, long nowNanos) {
    if (nowNanos - reportedNanos < REPORT_NANOS) {
      return;
    }
    long room = now.closedForRoom() - reported.closedForRoom();
    long slow = now.closedSlow() - reported.closedSlow();
    long many = now.refused() - reported.refused();
    long bodies = now.bodiesRefused() - reported.bodiesRefused();
    long held = now.repliesRefused() - reported.repliesRefused();
    if (room + slow + many + bodies + held == 0) {
      return;
    }
    reported = now;
    reportedNanos = nowNanos;
    log.warn(
        "[{}] {} of {} connections open; closed {} idle or slow ones to make room for others, and"
            + " {} whose requests came or whose replies were read too slowly; refused {} of"
            + " addresses with too many, {} bodies and {} replies for which there was no room (in"
            + " the last minute, or the first of such a time)",
        name,
        now.open(),
        now.max(),
        room,
        slow,
        many,
        bodies,
        held);
  }
}
