package dev.troupe.seed.slot;

/** How a slot tells the cluster what it has proof of. */
@FunctionalInterface
public interface Membership {
  /** The process at {@code address} has ended. */
  void proveDead(String address);
}
