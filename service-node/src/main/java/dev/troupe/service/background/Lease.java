package dev.troupe.service.background;

import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right of one instance to do the background work of its service. The row in the store has no
 * times, which the clocks of several machines would not agree on: its holder changes a number again
 * and again, and another instance takes the lease once it has seen the same number for a whole
 * duration of the lease.
 *
 * <p>Not thread-safe: one step at a time.
 */
final class Lease {
  private final String slot;
  private final Duration duration;
  private @Nullable Row seen;
  private long seenAt;
  private long renewedAt;
  private boolean held;

  private record Row(String holder, long beat) {}

  /**
   * @param slot of this instance; no other process uses the same at a time
   */
  Lease(String slot, Duration duration) {
    this.slot = slot;
    this.duration = duration;
  }

  boolean isHeld() {
    return held;
  }

  /**
   * Renews the lease, or takes it if it is free. Runs in a transaction that may write.
   *
   * @param now of the monotonic clock, in nanoseconds
   * @return the row as it will be once the transaction is committed
   */
  Runnable step(Sql sql, long now) throws SQLException {
    Optional<Row> found = sql.find(Row.class, "SELECT holder, beat FROM troupe_lease");
    Row row = found.orElse(null);
    if (!mayTake(row, now)) {
      return () -> observed(row, now);
    }
    Row next = new Row(slot, row == null ? 1 : row.beat() + 1);
    sql.update(
        row == null
            ? "INSERT INTO troupe_lease (holder, beat) VALUES (?, ?)"
            : "UPDATE troupe_lease SET holder = ?, beat = ?",
        next.holder(),
        next.beat());
    return () -> taken(next, now);
  }

  // The row of an earlier process of this slot is free too: that process is gone.
  private boolean mayTake(@Nullable Row row, long now) {
    return row == null
        || row.holder().isEmpty()
        || row.holder().equals(slot)
        || (row.equals(seen) && now - seenAt >= duration.toNanos());
  }

  private void observed(@Nullable Row row, long now) {
    held = false;
    if (row == null || !row.equals(seen)) {
      seen = row;
      seenAt = now;
    }
  }

  private void taken(Row row, long now) {
    held = true;
    seen = row;
    seenAt = now;
    renewedAt = now;
  }

  /** Gives the lease up if it could not be renewed for so long that another may have taken it. */
  void expire(long now) {
    if (held && now - renewedAt >= duration.toNanos()) {
      held = false;
    }
  }

  /** Lets another instance take the lease at once. */
  static void release(Sql sql, String slot) throws SQLException {
    sql.update("UPDATE troupe_lease SET holder = '', beat = beat + 1 WHERE holder = ?", slot);
  }
}
