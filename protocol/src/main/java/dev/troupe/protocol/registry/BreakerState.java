package dev.troupe.protocol.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether the calls of a service are let through. */
public enum BreakerState {
  /** All are. */
  CLOSED,
  /** None is: too many failed. */
  OPEN,
  /** One is, and its answer decides. */
  HALF_OPEN;

  /** As it is shown: {@code half-open}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
