package dev.troupe.service.storage;

import dev.troupe.node.start.StartRefusal;
import java.io.IOException;
import java.sql.SQLException;

/** Why a store cannot be opened, with its path and what to do. */
public final class UnusableStorageException extends Exception implements StartRefusal {
  private static final long serialVersionUID = 1L;

  UnusableStorageException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableStorageException(String message) {
    super(message);
  }

  /** Unless the file is locked, the disk full or the like: that may be over at the next start. */
  @Override
  public boolean isFinal() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return false;
      }
      if (cause instanceof SQLException failure && SqliteFailures.isUnavailable(failure)) {
        return SqliteFailures.isDamage(failure);
      }
    }
    return true;
  }
}
