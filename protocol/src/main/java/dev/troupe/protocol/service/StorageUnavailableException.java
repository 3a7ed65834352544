package dev.troupe.protocol.service;

import java.time.Duration;

/**
 * The failure of a {@link Storage} stage when the store cannot do the work now: it has too much to
 * do, cannot be reached, is locked by another process, is full, or is closed. Nothing was done. The
 * caller is answered with UNAVAILABLE and this message.
 */
public final class StorageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public StorageUnavailableException(String message) {
    this(message, Duration.ofSeconds(1));
  }

  /**
   * @param retryAfter when a retry makes sense
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
