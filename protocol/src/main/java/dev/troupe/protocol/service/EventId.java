package dev.troupe.protocol.service;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event that a handler is called for, the same at each attempt.
 *
 * @param source the service that published it
 * @param number among all events of the source, in the order of their commits
 */
public record EventId(String source, long number) {
  /**
   * The client of requests that carry an event. No client of the gateway has it: theirs are network
   * addresses.
   */
  public static final String CLIENT = "troupe-events";

  /** As the idempotency key of the request that carries the event. */
  public String key() {
    return source + "/" + number;
  }

  /** Null when the request carries no event. */
  static @Nullable EventId of(@Nullable String client, @Nullable String key) {
    if (!CLIENT.equals(client)) {
      return null;
    }
    int end = Objects.requireNonNull(key, "an event without a key").lastIndexOf('/');
    return new EventId(key.substring(0, end), Long.parseLong(key.substring(end + 1)));
  }
}
