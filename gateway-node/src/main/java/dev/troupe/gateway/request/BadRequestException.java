package dev.troupe.gateway.request;

/** A part of the client's request is malformed: the response is 400, with this message. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
