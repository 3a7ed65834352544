package dev.troupe.service.storage;

import org.jspecify.annotations.Nullable;

/**
 * What the work of a store met: the store is unhealthy while work fails for reasons that are not
 * the work's own. Thread-safe.
 */
final class StoreHealth {
  private @Nullable String failure;
  private @Nullable String damage;
  private boolean failedSinceLook;

  /**
   * Work failed because of the store.
   *
   * @return whether the store was healthy until now
   */
  synchronized boolean failed(String reason) {
    boolean first = failure == null;
    failure = reason;
    failedSinceLook = true;
    return first;
  }

  /** The store is damaged; that does not pass by itself. */
  synchronized void damaged(String reason) {
    damage = reason;
  }

  /** The whole store was read and found in order. */
  synchronized void foundInOrder() {
    damage = null;
  }

  /** Why the store is unhealthy; null if it is not. */
  synchronized @Nullable String reason() {
    return damage == null ? failure : damage;
  }

  /**
   * A write succeeded that was tried in order to see. The failure is over unless there was another
   * one since the last look: a small write may find a place where larger ones do not.
   */
  synchronized void probed() {
    if (!failedSinceLook) {
      failure = null;
    }
    failedSinceLook = false;
  }
}
