package dev.troupe.cli.dev;

import java.io.IOException;

/** A project cannot be built for a reason that is not in its sources; the message says what. */
final class UnusableProjectException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableProjectException(String message) {
    super(message);
  }
}
