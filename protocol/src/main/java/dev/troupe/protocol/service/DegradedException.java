package dev.troupe.protocol.service;

/**
 * Thrown by a check of a service that can do a part of its work only, such as reading while its
 * disk is full. The instance counts as unhealthy, with this message as the reason, and gets
 * requests all the same: what it can't do it refuses itself.
 */
public final class DegradedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what it can't do and what to do, for operators
   */
  public DegradedException(String message) {
    super(message);
  }
}
