package dev.troupe.node.http;

import java.util.StringJoiner;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections, bodies and replies that a server closed or refused, and logs the new ones
 * once a minute at most. The counters are thread-safe; {@link #log} is for one thread at a time.
 */
final class ConnectionCounters {
  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private static final long LOG_INTERVAL_NANOS = 60_000_000_000L;

  final LongAdder closedForRoom = new LongAdder();
  final LongAdder closedSlow = new LongAdder();
  final LongAdder closedIdle = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder bodiesRefused = new LongAdder();
  final LongAdder repliesRefused = new LongAdder();
  private final String name;
  private ConnectionStats logged = ConnectionStats.NONE;
  private long loggedNanos = System.nanoTime() - LOG_INTERVAL_NANOS;

  /**
   * @param name of the server, for the log
   */
  ConnectionCounters(String name) {
    this.name = name;
  }

  ConnectionStats stats(int open, int max) {
    return new ConnectionStats(
        open,
        max,
        closedForRoom.sum(),
        closedSlow.sum(),
        closedIdle.sum(),
        refused.sum(),
        bodiesRefused.sum(),
        repliesRefused.sum());
  }

  /** Logs what was closed and refused since the last such line, if there was anything. */
  void log(ConnectionStats now, long nowNanos) {
    if (nowNanos - loggedNanos < LOG_INTERVAL_NANOS) {
      return;
    }
    String changes = changes(logged, now);
    if (changes.isEmpty()) {
      return;
    }
    logged = now;
    loggedNanos = nowNanos;
    log.warn("[{}] {}; {} of {} connections are open", name, changes, now.open(), now.max());
  }

  /** The differences between two moments as a sentence, without those that are 0. */
  static String changes(ConnectionStats before, ConnectionStats now) {
    StringJoiner changes = new StringJoiner("; ");
    add(
        changes,
        now.closedForRoom() - before.closedForRoom(),
        "idle or slow connections closed to make room for new ones");
    add(
        changes,
        now.closedSlow() - before.closedSlow(),
        "connections closed because their clients sent or read too slowly");
    add(
        changes,
        now.refused() - before.refused(),
        "connections refused because their addresses had too many open");
    add(
        changes,
        now.bodiesRefused() - before.bodiesRefused(),
        "requests refused because there was no room for their bodies");
    add(
        changes,
        now.repliesRefused() - before.repliesRefused(),
        "replies replaced by an error because there was no room for them");
    return changes.toString();
  }

  private static void add(StringJoiner changes, long count, String what) {
    if (count > 0) {
      changes.add(count + " " + what);
    }
  }
}
