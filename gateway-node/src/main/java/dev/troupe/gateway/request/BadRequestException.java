package dev.troupe.gateway.request;

/** The client's request cannot be understood: 400, with the message for the client to read. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
