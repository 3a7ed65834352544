package dev.troupe.service.data;

/** Says why data cannot be moved, and what to do. */
final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  DataException(String message) {
    super(message);
  }
}
