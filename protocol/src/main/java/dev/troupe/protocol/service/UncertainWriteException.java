package dev.troupe.protocol.service;

/**
 * The failure of the stage of a {@link Storage} write when the database was lost during the commit:
 * the write may have been done or not. The caller is answered with UNAVAILABLE and this message. A
 * write under an idempotency key is first tried once more.
 */
public final class UncertainWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UncertainWriteException(String message, Throwable cause) {
    super(message, cause);
  }
}
