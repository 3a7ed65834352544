package dev.troupe.node.health;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells whether a role's work goes on, by a probe that waits in line with the work. Work that is
 * slow but goes on is not stalled, however long the line is; nor is a service that waits for
 * something without keeping its actor.
 *
 * <p>Counts looks, not time: who was stopped by a signal for a minute has looked once. Used by one
 * thread at a time.
 */
public final class StallDetector {
  private final MonitoredWork work;
  private final int patience;
  private final AtomicBoolean probing = new AtomicBoolean();
  private long seen;
  private int idleLooks;

  /**
   * @param patience looks in a row at which nothing has gone on, before the work is stalled
   */
  public StallDetector(MonitoredWork work, int patience) {
    this.work = work;
    this.patience = patience;
  }

  /** Does not block. Returns what keeps the work from going on; nothing while it does. */
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
