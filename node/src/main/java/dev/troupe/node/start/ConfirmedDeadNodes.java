package dev.troupe.node.start;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses whose process was seen to exit.
 *
 * <p>Static because Pekko creates its failure detectors itself and hands them nothing of ours. An
 * address means the same in every actor system of a JVM, so sharing it is harmless.
 */
public final class ConfirmedDeadNodes {
  private static final Set<String> ADDRESSES = ConcurrentHashMap.newKeySet();

  private ConfirmedDeadNodes() {}

  /** From now on {@code address} is unavailable to every failure detector of this JVM. */
  public static void add(String address) {
    ADDRESSES.add(address);
  }

  /** A new process is about to use {@code address}. */
  public static void forget(String address) {
    ADDRESSES.remove(address);
  }

  static boolean contains(String address) {
    return ADDRESSES.contains(address);
  }
}
