package dev.troupe.protocol.service;

import java.time.Duration;

/**
 * What a {@link Storage} stage fails with when the store can't take the work now: it has too much
 * to do, can't be reached, is locked by another process, is full, or is closed. Nothing was done.
 * {@link Actions} answers the caller with UNAVAILABLE and this message.
 */
public final class StorageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public StorageUnavailableException(String message) {
    this(message, Duration.ofSeconds(1));
  }

  /**
   * @param retryAfter when it makes sense to try again
   */
  public StorageUnavailableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.retryAfter = Duration.ofSeconds(1);
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
