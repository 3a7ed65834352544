package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A rolling restart, a scaling or a deployment of a service, as far as it is.
 *
 * @param id from 1, counted by one seed node
 * @param text in words, how far it is or how it ended
 */
public record Rollout(long id, String service, Kind kind, State state, String text) {
  /** What is done to the service. */
  public enum Kind {
    RESTART,
    SCALE,
    DEPLOY;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is none with this label
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Kind of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /** Where it is. */
  public enum State {
    ROLLING,
    DONE,
    /** Given up, or replaced by a later command; the text says what was found. */
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

  /** The same, further on. */
  public Rollout at(State newer, String newerText) {
    return new Rollout(id, service, kind, newer, newerText);
  }
}
