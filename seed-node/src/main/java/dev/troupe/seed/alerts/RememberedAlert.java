package dev.troupe.seed.alerts;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was told and lasts, as the next seed node finds it.
 *
 * @param kind the label of an {@link AlertKind}
 * @param since when the problem was first seen
 * @param told when it was told last
 */
record RememberedAlert(
    String kind, String subject, @Nullable String slot, String text, Instant since, Instant told) {
  /**
   * @throws NullPointerException when something is missing
   */
  RememberedAlert {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(told, "told");
  }

  /** Nothing if another version of Troupe has written it, with a kind that this one lacks. */
  Optional<Problem> problem() {
    return AlertKind.of(kind).map(known -> new Problem(known, subject, slot, text));
  }
}
