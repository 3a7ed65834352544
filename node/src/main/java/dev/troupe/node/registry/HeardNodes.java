package dev.troupe.node.registry;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a pulse of each node came last. A pulse each second says the same as the heartbeats of Pekko
 * Cluster, which therefore can be rare.
 *
 * <p>The times are static because Pekko creates the failure detectors and passes them no objects of
 * ours.
 */
public final class HeardNodes {
  private static final Map<String, Long> TIMES = new ConcurrentHashMap<>();

  private HeardNodes() {}

  /**
   * Notes a pulse of the member at {@code address}.
   *
   * @param nowNanos by {@link System#nanoTime}
   */
  public static void heard(String address, long nowNanos) {
    TIMES.put(address, nowNanos);
  }

  /** Removes {@code address}: its member is removed, or a new process will use it. */
  public static void forget(String address) {
    TIMES.remove(address);
  }

  /** The time since the last pulse; empty if none has come, as before the node is registered. */
  public static OptionalLong silentNanos(String address, long nowNanos) {
    Long last = TIMES.get(address);
    return last == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, nowNanos - last));
  }
}
