package dev.troupe.node.death;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses whose process was seen to exit.
 *
 * <p>Static because Pekko creates its failure detectors itself and hands them nothing of ours. An
 * address means the same in every actor system of a JVM, so sharing it is harmless.
 */
public final class ConfirmedDeadNodes {
  /** A process that is dead may still become a member, if it asked before its end. */
  static final Duration LATE_JOIN = Duration.ofSeconds(10);

  /** Each with the time when it was added, by {@link System#nanoTime}. */
  private static final Map<String, Long> ADDRESSES = new ConcurrentHashMap<>();

  private ConfirmedDeadNodes() {}

  /** From now on {@code address} is unavailable to every failure detector of this JVM. */
  public static void add(String address) {
    ADDRESSES.put(address, System.nanoTime());
  }

  /** A new process is about to use {@code address}. */
  public static void forget(String address) {
    ADDRESSES.remove(address);
  }

  /**
   * There is a new member at {@code address}: the dead process itself if it is so soon after its
   * end, or else another one that was given its address.
   */
  static void joined(String address, long nowNanos) {
    ADDRESSES.computeIfPresent(
        address, (key, since) -> nowNanos - since < LATE_JOIN.toNanos() ? since : null);
  }

  public static boolean contains(String address) {
    return ADDRESSES.containsKey(address);
  }
}
