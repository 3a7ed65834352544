package dev.troupe.service.storage;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the error codes of PostgreSQL:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
final class PostgresFailures {
  // Connection lost; out of resources; shutting down, starting or cancelled; I/O; internal.
  private static final List<String> UNAVAILABLE = List.of("08", "28", "53", "57", "58", "XX");
  static final String READ_ONLY = "25006";
  private static final String DISK_FULL = "53100";
  private static final String IDLE_IN_TRANSACTION = "25P03";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DATABASE_MISSING = "3D000";
  private static final String NOT_ALLOWED = "42501";
  private static final String LOGIN_REFUSED = "28";
  private static final String CANCELED = "57014";

  private PostgresFailures() {}

  /** Whether the fault is the database's, so that the same statement may succeed later. */
  static boolean isUnavailable(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (UNAVAILABLE.stream().anyMatch(state::startsWith)
            || List.of(READ_ONLY, IDLE_IN_TRANSACTION, LOCK_NOT_AVAILABLE).contains(state));
  }

  /** Whether a commit that failed with this code may have been done all the same. */
  static boolean leavesOpen(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("58")
        || state.startsWith("XX")
        || state.equals(CANCELED);
  }

  /** Whether only writes fail, as with a full disk or a standby server. */
  static boolean isOfWriting(SQLException failure) {
    return DISK_FULL.equals(failure.getSQLState()) || READ_ONLY.equals(failure.getSQLState());
  }

  /** Whether this statement exceeded its time limit. */
  static boolean isTimeout(SQLException failure) {
    return CANCELED.equals(failure.getSQLState())
        || LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
  }

  /** Whether pages of the database or of an index are damaged. */
  static boolean isDamage(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.equals("XX001") || state.equals("XX002"));
  }

  /** The reason why the pool had no connection, instead of the timeout that it reports. */
  static SQLException withoutPool(SQLException failure) {
    return failure.getCause() instanceof SQLException cause ? cause : failure;
  }

  /** What to do about a database that cannot be opened. */
  static String wayOut(@Nullable String state, String place, String user) {
    if (state == null || state.startsWith("08")) {
      return place
          + " cannot be reached. See that PostgreSQL runs there, or set troupe.storage.url";
    }
    if (state.startsWith(LOGIN_REFUSED)) {
      return "%s refuses the login of '%s'. Set TROUPE_STORAGE_USER and TROUPE_STORAGE_PASSWORD"
          .formatted(place, user);
    }
    return switch (state) {
      case DATABASE_MISSING -> place + " does not exist. Create it, or set troupe.storage.url";
      case NOT_ALLOWED ->
          "%s does not let '%s' do this. GRANT CREATE ON DATABASE to it".formatted(place, user);
      default -> place + " cannot be used";
    };
  }
}
