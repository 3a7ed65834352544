package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import java.util.concurrent.TimeUnit;

/**
 * The last heartbeat of an instance with an estimate of when it was sent. The estimate is the time
 * of arrival minus the delay beyond that of the quickest heartbeats. The two monotonic clocks need
 * not agree: only the change of their difference counts.
 *
 * @param atNanos when the heartbeat was sent, by this node's clock
 * @param offsetNanos this node's clock minus the sender's at the arrival of the quickest heartbeats
 * @param late whether the heartbeat was delayed by more than a second; if the next one is as late,
 *     the offset is measured anew
 */
record HeartbeatArrival(Heartbeat heartbeat, long atNanos, long offsetNanos, boolean late) {
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  // How much the offset may grow with each heartbeat: ten times the drift of clocks in a second.
  private static final long DRIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  static HeartbeatArrival first(Heartbeat heartbeat, long nowNanos) {
    return new HeartbeatArrival(heartbeat, nowNanos, offset(heartbeat, nowNanos), false);
  }

  /**
   * The state after the arrival of {@code next}, which may be an earlier heartbeat: those come
   * later than the pulses that were sent after them. They bring the state that pulses lack.
   */
  HeartbeatArrival then(Heartbeat next, long nowNanos) {
    if (next.generation() != heartbeat.generation()) {
      return first(next, nowNanos);
    }
    if (next.sequence() <= heartbeat.sequence()) {
      return new HeartbeatArrival(heartbeat.withStateOf(next), atNanos, offsetNanos, late);
    }
    long offset = offset(next, nowNanos);
    long lateness = Math.max(0, offset - offsetNanos);
    if (late && lateness > LATE_NANOS) {
      // Two late heartbeats in a row are more than a single delay: the sender's host was suspended,
      // or the network has become slower for all heartbeats.
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
