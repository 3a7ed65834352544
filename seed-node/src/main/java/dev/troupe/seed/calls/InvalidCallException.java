package dev.troupe.seed.calls;

/** A call that is not made; the message says what was expected. */
public final class InvalidCallException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidCallException(String message) {
    super(message);
  }
}
