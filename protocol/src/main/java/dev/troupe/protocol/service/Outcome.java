package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ReplyStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What became of a call: done, or refused for a reason the caller is told. */
public sealed interface Outcome<T> {

  record Done<T>(T value) implements Outcome<T> {
    public Done {
      Objects.requireNonNull(value, "an outcome without a value");
    }
  }

  /**
   * An expected refusal.
   *
   * @param message what went wrong and what to do
   */
  record Refused<T>(ReplyStatus status, String message) implements Outcome<T> {
    public Refused {
      if (!status.isError()) {
        throw new IllegalArgumentException("status: " + status + " (expected: an error)");
      }
    }

    /** The same refusal of another call. */
    public <U> Refused<U> retyped() {
      return new Refused<>(status, message);
    }

    public CompletionStage<Outcome<T>> now() {
      return CompletableFuture.completedStage(this);
    }
  }

  static <T> Done<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Refused<T> refused(ReplyStatus status, String message) {
    return new Refused<>(status, message);
  }

  /**
   * What was looked for.
   *
   * @param notFound the message of the 404 when it is not there
   */
  static <T> Outcome<T> found(Optional<T> value, String notFound) {
    return value
        .<Outcome<T>>map(Outcome::done)
        .orElseGet(() -> refused(ReplyStatus.NOT_FOUND, notFound));
  }
}
