package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The last heartbeat of an instance, and when it was sent as far as this node can tell: when it
 * came, less what it was later than the quickest ones. Clocks of hosts need not agree for that.
 *
 * @param atNanos when it was sent, by this node's clock
 * @param offsetNanos of this node's clock before the sender's, the quickest way included
 * @param late whether it came so late that the next one decides what to think of it
 */
record Heard(Heartbeat heartbeat, long atNanos, long offsetNanos, boolean late) {
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  // Between two heartbeats; clocks drift by a tenth of it.
  private static final long DRIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  static Heard first(Heartbeat heartbeat, long nowNanos) {
    return new Heard(heartbeat, nowNanos, offset(heartbeat, nowNanos), false);
  }

  /** What is known after {@code next} has come, which may be the same one again. */
  Heard then(Heartbeat next, long nowNanos) {
    if (next.generation() != heartbeat.generation()) {
      return first(next, nowNanos);
    }
    if (next.sequence() == heartbeat.sequence()) {
      return this;
    }
    long offset = offset(next, nowNanos);
    long lateness = Math.max(0, offset - offsetNanos);
    if (late && lateness > LATE_NANOS) {
      // Two in a row: the sender's clock was put back, or all of them take longer now.
      return first(next, nowNanos);
    }
    return new Heard(
        next,
        nowNanos - lateness,
        Math.min(offset, offsetNanos + DRIFT_NANOS),
        lateness > LATE_NANOS);
  }

  private static long offset(Heartbeat heartbeat, long nowNanos) {
    return nowNanos - Duration.between(Instant.EPOCH, heartbeat.at()).toNanos();
  }
}
