package dev.troupe.protocol.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a circuit breaker: whether calls of a service are sent. */
public enum BreakerState {
  /** All calls are sent. */
  CLOSED,
  /** No call is sent, because too many have failed. */
  OPEN,
  /** One call is sent as a probe; its result closes or opens the breaker. */
  HALF_OPEN;

  /** As it is shown: {@code half-open}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
