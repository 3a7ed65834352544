package dev.troupe.node.start;

import dev.troupe.protocol.settings.SettingsException;
import java.util.Optional;

/**
 * An exception of a role that cannot start until somebody does what the message says; another start
 * would fail in the same way. The node logs the message without a stack trace and ends with exit
 * code 86, after which the supervisor does not relaunch it.
 */
public interface StartRefusal {
  /** The whole message, with what to do. */
  String getMessage();

  /** Whether another start would end the same. */
  default boolean isFinal() {
    return true;
  }

  /** The message of the refusal, if {@code failure} or one of its causes is a final one. */
  static Optional<String> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean refuses =
          cause instanceof StartRefusal refusal
              ? refusal.isFinal()
              : cause instanceof SettingsException;
      if (refuses) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }
}
