package dev.troupe.protocol.trace;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a trace is kept. */
public enum KeepReason {
  /** The request, the handling of an event, or a delivery failed. */
  FAILED,
  /** It took longer than nearly all requests of its route. */
  SLOW,
  /** A call was sent to a second instance. */
  MOVED,
  /** A call waited for an instance. */
  WAITED,
  /** The client asked for it, by {@code traceparent}. */
  SAMPLED,
  /** One in so many is kept. */
  CHOSEN;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether traces of this kind show how it is when all is well, so that others outlast them. */
  public boolean isRoutine() {
    return this == SAMPLED || this == CHOSEN;
  }

  public static Optional<KeepReason> labelled(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label().equals(label)).findFirst();
  }
}
