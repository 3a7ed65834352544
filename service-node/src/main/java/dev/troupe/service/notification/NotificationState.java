package dev.troupe.service.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a notification has come. */
enum NotificationState {
  /** Stored; it will be tried, again if need be. */
  QUEUED,
  SENT,
  /** Given up: undeliverable, or in vain until its deadline. Tried again when an operator asks. */
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
