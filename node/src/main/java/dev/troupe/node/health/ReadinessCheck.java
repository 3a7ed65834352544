package dev.troupe.node.health;

/** The check of a role whether it can do its work now. */
@FunctionalInterface
public interface ReadinessCheck {
  /**
   * Returns when the role can do its work; may block.
   *
   * @throws Exception when the role cannot do its work; the message is the reason
   */
  void run() throws Exception;
}
