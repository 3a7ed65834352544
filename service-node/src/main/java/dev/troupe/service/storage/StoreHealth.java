package dev.troupe.service.storage;

import org.jspecify.annotations.Nullable;

/**
 * What the work of a store met: the store is unhealthy while work fails for reasons that are not
 * the work's own. Thread-safe.
 */
final class StoreHealth {
  /**
   * Why a store is unhealthy.
   *
   * @param ofWriting whether it can be read all the same
   */
  record Failure(String reason, boolean ofWriting) {}

  private @Nullable Failure failure;
  private @Nullable Failure damage;
  private boolean failedSinceLook;

  /**
   * Work failed because of the store.
   *
   * @return whether the store was healthy until now
   */
  synchronized boolean failed(Failure why) {
    boolean first = failure == null;
    failure = why;
    failedSinceLook = true;
    return first;
  }

  /** The store is damaged; that does not pass by itself. */
  synchronized void damaged(String reason) {
    damage = new Failure(reason, false);
  }

  /** The whole store was read and found in order. */
  synchronized void foundInOrder() {
    damage = null;
  }

  /** Why the store is unhealthy; null if it is not. */
  synchronized @Nullable Failure failure() {
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
