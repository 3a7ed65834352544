package dev.troupe.service.storage;

/** Why a store cannot be opened, with its path and what to do. */
public final class UnusableStorageException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableStorageException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableStorageException(String message) {
    super(message);
  }
}
