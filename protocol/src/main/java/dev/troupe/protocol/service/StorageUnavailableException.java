package dev.troupe.protocol.service;

/**
 * What a {@link Storage} stage fails with when the store can't take the work now: it has too much
 * to do, can't be reached, is locked by another process, is full, or is closed. Nothing was done.
 * {@link Actions} answers the caller with UNAVAILABLE and this message.
 */
public final class StorageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageUnavailableException(String message) {
    super(message);
  }

  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
