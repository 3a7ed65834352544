package dev.troupe.node.trace;

import dev.troupe.protocol.trace.KeepReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * Bounds how many traces a second one node has kept for each reason: while each request fails, the
 * first ones tell why. Thread-safe.
 */
final class KeepLimits {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final int perSecond;
  private final Map<KeepReason, Integer> taken = new EnumMap<>(KeepReason.class);
  private long secondBeganNanos;

  KeepLimits(int perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.secondBeganNanos = nowNanos;
  }

  /** Whether one more may be kept now. */
  synchronized boolean take(KeepReason reason, long nowNanos) {
    if (nowNanos - secondBeganNanos >= SECOND_NANOS) {
      secondBeganNanos = nowNanos;
      taken.clear();
    }
    return taken.merge(reason, 1, Integer::sum) <= perSecond;
  }
}
