package dev.troupe.service.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a notification. */
enum NotificationState {
  /** Stored; delivery will be attempted. */
  QUEUED,
  SENT,
  /** Undeliverable, or not delivered by its deadline. Only an operator can queue it again. */
  DEAD;

  /** The name in the store and for clients. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NotificationState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
