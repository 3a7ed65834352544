package dev.troupe.protocol.service;

/**
 * Thrown by the check of a service that can do only a part of its work, such as reading while its
 * disk is full. The instance is unhealthy, with this message as the reason. It gets requests while
 * no other instance is ready, and refuses those that it cannot do.
 */
public final class DegradedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what the service cannot do now, and what to do, for operators
   */
  public DegradedException(String message) {
    super(message);
  }
}
