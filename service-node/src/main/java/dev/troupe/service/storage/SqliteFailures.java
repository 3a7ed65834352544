package dev.troupe.service.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** Classifies the result codes of SQLite: https://sqlite.org/rescode.html */
final class SqliteFailures {
  private static final int PERMISSION = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int NO_MEMORY = 7;
  private static final int READ_ONLY = 8;
  private static final int INPUT_OUTPUT = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int PROTOCOL = 15;
  private static final int NOT_A_DATABASE = 26;

  // Extended codes of INPUT_OUTPUT: write, fsync, directory fsync, truncate, size of the -shm file.
  private static final Set<Integer> WRITE_ERRORS = Set.of(778, 1034, 1290, 1546, 4874);

  private static final Set<Integer> UNAVAILABLE =
      Set.of(
          PERMISSION,
          BUSY,
          LOCKED,
          NO_MEMORY,
          READ_ONLY,
          INPUT_OUTPUT,
          CORRUPT,
          FULL,
          CANNOT_OPEN,
          PROTOCOL,
          NOT_A_DATABASE);

  private SqliteFailures() {}

  /** Whether the file or the machine failed, whatever the statement was. */
  static boolean isUnavailable(SQLException failure) {
    return failure instanceof SQLiteException e && UNAVAILABLE.contains(kind(e));
  }

  static boolean isDamage(SQLException failure) {
    return failure instanceof SQLiteException e
        && (kind(e) == CORRUPT || kind(e) == NOT_A_DATABASE);
  }

  /** Whether only writes fail, and reads succeed. */
  static boolean isOfWriting(SQLException failure) {
    return failure instanceof SQLiteException e
        && (kind(e) == FULL
            || kind(e) == READ_ONLY
            || WRITE_ERRORS.contains(e.getResultCode().code));
  }

  /** Whether a file could not be opened. */
  static boolean isOfOpening(SQLException failure) {
    return failure instanceof SQLiteException e && kind(e) == CANNOT_OPEN;
  }

  /** The same in a few words that name no file, for callers. */
  static String summary(SQLException failure) {
    if (!(failure instanceof SQLiteException e)) {
      return String.valueOf(failure.getMessage());
    }
    return switch (kind(e)) {
      case NOT_A_DATABASE, CORRUPT -> "the database is damaged";
      case BUSY, LOCKED, PROTOCOL -> "another process keeps the database locked";
      case FULL -> "the disk is full";
      case NO_MEMORY -> "there is too little memory";
      case PERMISSION, READ_ONLY, INPUT_OUTPUT, CANNOT_OPEN ->
          "the database cannot be read or written";
      default -> String.valueOf(failure.getMessage());
    };
  }

  /** What is the matter with {@code file} and what to do; null when the statement was wrong. */
  static @Nullable String wayOut(Path file, SQLiteException failure) {
    return switch (kind(failure)) {
      case NOT_A_DATABASE, CORRUPT -> damaged();
      case BUSY, LOCKED, PROTOCOL -> locked(FileLockHolders.of(file));
      case FULL -> "cannot grow, since the disk is full. Free some space";
      case NO_MEMORY -> "cannot be used for want of memory. Raise -Xmx or the machine's limits";
      case PERMISSION, READ_ONLY, INPUT_OUTPUT, CANNOT_OPEN ->
          "cannot be read or written. See that the disk works and that user '%s' may write to it and to %s"
              .formatted(System.getProperty("user.name"), file.getParent());
      default -> null;
    };
  }

  static String locked(FileLockHolders holders) {
    return holders.areOfClusters()
        ? "is kept locked by %s, which writes for a long time. Wait for it, or raise troupe.storage.busy-timeout"
            .formatted(holders.text())
        : "is kept locked by %s. End that, or raise troupe.storage.busy-timeout"
            .formatted(holders.text());
  }

  static String damaged() {
    return "is damaged or not a SQLite database, and was left as it is. Stop the cluster and"
        + " restore a backup with bin/troupe data restore, or move it and its -wal, -shm and"
        + " .store files away to start with an empty one";
  }

  // The lower byte is the kind of error, the rest its detail.
  private static int kind(SQLiteException failure) {
    return failure.getResultCode().code & 0xff;
  }
}
