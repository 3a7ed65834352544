package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The newest rolling restart of a service.
 *
 * @param text in words, how far it is or how it ended
 */
public record Rollout(String service, State state, String text) {
  /** Where a rolling restart is. */
  public enum State {
    ROLLING,
    DONE,
    /** Given up, with the old processes that were not yet replaced still running. */
    FAILED;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is none with this label
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static State of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
