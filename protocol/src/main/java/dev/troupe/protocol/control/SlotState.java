package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a slot is in its life. */
public enum SlotState {
  /** Waits for what it depends on. */
  PENDING,
  /** The process is started, but not yet a member of the cluster. */
  LAUNCHING,
  /** A member, but not yet ready. */
  JOINING,
  RUNNING,
  UNHEALTHY,
  STOPPING,
  STOPPED,
  BACKING_OFF,
  /** The restart budget is spent; only an operator starts it again. */
  FAILED;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SlotState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether nothing further happens here by itself. */
  public boolean isSettled() {
    return this == RUNNING || this == STOPPED || this == FAILED;
  }
}
