package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import java.util.concurrent.TimeUnit;

/**
 * The last heartbeat of an instance, and when it was sent as far as this node can tell: when it
 * came, less what it was later than the quickest ones. Both ends are measured by monotonic clocks,
 * which need not agree and which nobody sets.
 *
 * @param atNanos when it was sent, by this node's clock
 * @param offsetNanos of this node's clock before the sender's, the quickest way included
 * @param late whether it came so late that the next one decides what to think of it
 */
record HeartbeatArrival(Heartbeat heartbeat, long atNanos, long offsetNanos, boolean late) {
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  // Between two heartbeats; clocks drift by a tenth of it.
  private static final long DRIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  static HeartbeatArrival first(Heartbeat heartbeat, long nowNanos) {
    return new HeartbeatArrival(heartbeat, nowNanos, offset(heartbeat, nowNanos), false);
  }

  /** What is known after {@code next} has come, which may be the same one again. */
  HeartbeatArrival then(Heartbeat next, long nowNanos) {
    if (next.generation() != heartbeat.generation()) {
      return first(next, nowNanos);
    }
    if (next.sequence() == heartbeat.sequence()) {
      return this;
    }
    long offset = offset(next, nowNanos);
    long lateness = Math.max(0, offset - offsetNanos);
    if (late && lateness > LATE_NANOS) {
      // Two in a row: the sender's host slept while this one did not, or all of them take longer.
      return first(next, nowNanos);
    }
    return new HeartbeatArrival(
        next,
        nowNanos - lateness,
        Math.min(offset, offsetNanos + DRIFT_NANOS),
        lateness > LATE_NANOS);
  }

  private static long offset(Heartbeat heartbeat, long nowNanos) {
    return nowNanos - TimeUnit.MILLISECONDS.toNanos(heartbeat.uptimeMillis());
  }
}
