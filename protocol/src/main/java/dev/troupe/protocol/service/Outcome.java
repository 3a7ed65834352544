package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The outcome of a call: done, refused with a reason for the caller, or repeated, when the write
 * was done before.
 */
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

  /**
   * A write that was done before under the same idempotency key. Only {@link
   * Storage#write(CallContext, Storage.Work)} leads to it; the handler returns it as it is, and
   * does not do again what follows a write.
   *
   * @param answer the reply to the first request
   */
  record Repeated<T>(Answer answer) implements Outcome<T> {}

  static <T> Done<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Refused<T> refused(ReplyStatus status, String message) {
    return new Refused<>(status, message);
  }

  /**
   * The refusal of a request whose {@link Condition} is not met.
   *
   * @param what the resource, like {@code User 7}
   * @param version the version that the resource has now
   */
  static <T> Refused<T> changed(String what, long version) {
    return refused(
        ReplyStatus.PRECONDITION_FAILED,
        "%s is in version %s now, which If-Match or If-None-Match rule out: read it again"
            .formatted(what, EntityTags.of(version)));
  }

  /**
   * Done if there is a value, else a 404.
   *
   * @param notFound the message of the 404
   */
  static <T> Outcome<T> found(Optional<T> value, String notFound) {
    return value
        .<Outcome<T>>map(Outcome::done)
        .orElseGet(() -> refused(ReplyStatus.NOT_FOUND, notFound));
  }
}
