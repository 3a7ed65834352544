package dev.troupe.node.health;

/** Why a process has to be replaced although it could go on sending heartbeats. */
public final class DeadlockException extends Exception {
  private static final long serialVersionUID = 1L;

  DeadlockException(String message) {
    super(message);
  }
}
