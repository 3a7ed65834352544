package dev.troupe.node.start;

import dev.troupe.protocol.settings.SettingsException;
import java.util.Optional;

/**
 * An exception that says that a role cannot start, and that another start would end the same: first
 * somebody has to do what its message says. The node then ends with an exit code that tells the
 * supervisor so, and logs the message without a stack trace.
 */
public interface StartRefusal {
  /** The whole message, with what to do. */
  String getMessage();

  /** Whether another start would end the same. */
  default boolean isFinal() {
    return true;
  }

  /** What {@code failure} or one of its causes says, if it is such a refusal. */
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
