package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The outcome of a call: done, refused with a reason for the caller, or repeated, when the write
 * was done before.
 */
public sealed interface Outcome<T> extends Result<T> {

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
  }

  /**
   * A write that was done before under the same idempotency key. Only {@link
   * Storage#write(CallContext, Storage.Work)} leads to it. It stays what it is through {@link
   * #map}, {@link #flatMap}, {@link #onRefused} and {@link #onDone}, which do not run their
   * functions: what follows a write is not done again.
   *
   * @param answer the reply to the first request
   */
  record Repeated<T>(Answer answer) implements Outcome<T> {}

  static <T> Done<T> done(T value) {
    return new Done<>(value);
  }

  /** The outcome of an action without output. */
  static Done<NoContent> done() {
    return done(new NoContent());
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

  /** A step that may throw, as work on a store does. */
  @FunctionalInterface
  interface Step<T, R, E extends Exception> {
    R apply(T value) throws E;
  }

  /** The outcome with another value, if it is done. */
  default <U, E extends Exception> Outcome<U> map(Step<? super T, ? extends U, E> mapper) throws E {
    return this instanceof Done<T> done ? done(mapper.apply(done.value())) : withoutValue();
  }

  /** The next step, if the outcome is done. */
  default <U, E extends Exception> Outcome<U> flatMap(Step<? super T, ? extends Outcome<U>, E> next)
      throws E {
    return this instanceof Done<T> done ? next.apply(done.value()) : withoutValue();
  }

  /** Another refusal, or another way to an outcome, if the outcome is refused. */
  default <E extends Exception> Outcome<T> onRefused(
      Step<Refused<T>, ? extends Outcome<T>, E> instead) throws E {
    return this instanceof Refused<T> refused ? instead.apply(refused) : this;
  }

  /** Runs {@code action} if the outcome is done. */
  default Outcome<T> onDone(Consumer<? super T> action) {
    if (this instanceof Done<T> done) {
      action.accept(done.value());
    }
    return this;
  }

  @Override
  default CompletionStage<Outcome<T>> stage() {
    return CompletableFuture.completedStage(this);
  }

  /** The same outcome of another call; to be asked of one that is not done. */
  @SuppressWarnings("unchecked") // neither a refusal nor a repetition has a value
  default <U> Outcome<U> withoutValue() {
    return (Outcome<U>) this;
  }
}
