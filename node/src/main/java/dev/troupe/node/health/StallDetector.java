package dev.troupe.node.health;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Detects that the work of a role has stalled: a probe waits in the queue of the work, and while it
 * waits no piece of work ends. Slow work is not stalled, however long the queue is; nor is a
 * service that waits for a future without blocking its actor.
 *
 * <p>The detector counts calls of {@link #look} and not time, so that a process that a signal has
 * stopped for a minute does not seem stalled. Used by one thread at a time.
 */
public final class StallDetector {
  private final MonitoredWork work;
  private final int patience;
  private final AtomicBoolean probing = new AtomicBoolean();
  private long seen;
  private int idleLooks;

  /**
   * @param patience looks in a row without progress after which the work counts as stalled
   */
  public StallDetector(MonitoredWork work, int patience) {
    this.work = work;
    this.patience = patience;
  }

  /** Returns the reason if the work is stalled. Does not block. */
  Optional<String> look() {
    long count = work.progress().count();
    boolean goesOn = count != seen;
    seen = count;
    if (probing.compareAndSet(false, true)) {
      idleLooks = 0;
      work.queue().accept(() -> probing.set(false));
      return Optional.empty();
    }
    idleLooks = goesOn ? 0 : idleLooks + 1;
    return idleLooks < patience ? Optional.empty() : Optional.of(reason());
  }

  private String reason() {
    String current = work.progress().current();
    return current == null
        ? "no thread of the service has come free for %d s".formatted(idleLooks)
        : "stuck in %s for %d s".formatted(current, idleLooks);
  }
}
