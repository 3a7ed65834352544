package dev.troupe.service.notification.channel;

import java.util.Optional;

/** The result of one attempt to deliver a notification. */
public sealed interface DeliveryResult {
  /** The mail server, the webhook or the log has accepted it. */
  enum Delivered implements DeliveryResult {
    INSTANCE
  }

  /** A later attempt may succeed. */
  record Failed(String why) implements DeliveryResult {}

  /** No later attempt can succeed. */
  record Undeliverable(String why) implements DeliveryResult {}

  /** There was no time for an attempt, so that none is counted. */
  enum Untried implements DeliveryResult {
    INSTANCE
  }

  /** Why it was not delivered; empty if it was, or was not tried. */
  static Optional<String> reason(DeliveryResult result) {
    if (result instanceof Failed failed) {
      return Optional.of(failed.why());
    }
    return result instanceof Undeliverable undeliverable
        ? Optional.of(undeliverable.why())
        : Optional.empty();
  }
}
