package dev.troupe.seed.control;

/** A parameter of a request cannot be used; the message tells the client which one, and why. */
final class BadQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadQueryException(String message) {
    super(message, null, false, false);
  }
}
