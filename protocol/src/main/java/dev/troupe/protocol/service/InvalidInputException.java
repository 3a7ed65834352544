package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ReplyStatus;

/** Thrown by the compact constructor of an input record; the caller gets its status and message. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReplyStatus status;

  private InvalidInputException(ReplyStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** Missing, or of the wrong type: 400. */
  public static InvalidInputException malformed(String message) {
    return new InvalidInputException(ReplyStatus.MALFORMED, message);
  }

  /** Of the right type, but not acceptable: 422. */
  public static InvalidInputException refused(String message) {
    return new InvalidInputException(ReplyStatus.REFUSED, message);
  }

  public ReplyStatus status() {
    return status;
  }
}
