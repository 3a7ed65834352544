package dev.troupe.service.notification.channel;

import java.util.Optional;

/** What came of one attempt. */
public sealed interface Result {
  /** Somebody else has it now. */
  enum Delivered implements Result {
    INSTANCE
  }

  /** It may work another time. */
  record Failed(String why) implements Result {}

  /** It will never work. */
  record Undeliverable(String why) implements Result {}

  /** There was no time to try; the attempt does not count. */
  enum Untried implements Result {
    INSTANCE
  }

  /** Why it was not delivered, if it was tried. */
  static Optional<String> reason(Result result) {
    if (result instanceof Failed failed) {
      return Optional.of(failed.why());
    }
    return result instanceof Undeliverable undeliverable
        ? Optional.of(undeliverable.why())
        : Optional.empty();
  }
}
