package dev.troupe.protocol.service;

/**
 * What the stage of a {@link Storage} write fails with when the database was lost while it
 * committed: the write may have been done or not. {@link Actions} answers the caller with
 * UNAVAILABLE and this message. A write under an idempotency key is tried once more before.
 */
public final class UncertainWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UncertainWriteException(String message, Throwable cause) {
    super(message, cause);
  }
}
