package dev.troupe.node.death;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses of nodes whose process was seen to exit.
 *
 * <p>The addresses are static because Pekko creates the failure detectors and passes them no
 * objects of ours. An address means the same in every actor system of a JVM, so sharing is
 * harmless.
 */
public final class ConfirmedDeadNodes {
  /** A process may become a member this long after its end, if it asked to join before. */
  static final Duration LATE_JOIN = Duration.ofSeconds(10);

  /** The time when each address was added, by {@link System#nanoTime}. */
  private static final Map<String, Long> ADDRESSES = new ConcurrentHashMap<>();

  private ConfirmedDeadNodes() {}

  /** Makes every failure detector of this JVM take {@code address} for unavailable. */
  public static void add(String address) {
    ADDRESSES.put(address, System.nanoTime());
  }

  /** Removes {@code address}: its member is Up or removed, or a new process will use it. */
  public static void forget(String address) {
    ADDRESSES.remove(address);
  }

  /**
   * Takes notice of a new member at {@code address}. Within {@link #LATE_JOIN} it is the dead
   * process itself, which stays confirmed dead; after that it is a new process with the same
   * address.
   */
  static void joined(String address, long nowNanos) {
    ADDRESSES.computeIfPresent(
        address, (key, since) -> nowNanos - since < LATE_JOIN.toNanos() ? since : null);
  }

  public static boolean contains(String address) {
    return ADDRESSES.containsKey(address);
  }
}
