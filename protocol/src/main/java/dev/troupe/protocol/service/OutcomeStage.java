package dev.troupe.protocol.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An outcome that will be known later, like that of a write or of a call of another service. The
 * functions given to its methods run on the thread that completes it and must not block.
 *
 * <p>A stage that fails is a defect, which is logged and answered with 500. {@link
 * InvalidInputException}, {@link StorageUnavailableException} and {@link UncertainWriteException}
 * have answers of their own.
 *
 * @param <T> the value of success
 */
public final class OutcomeStage<T> implements Result<T> {
  private final CompletionStage<Outcome<T>> stage;

  private OutcomeStage(CompletionStage<Outcome<T>> stage) {
    this.stage = stage;
  }

  @SuppressWarnings("unchecked") // a stage only gives its value
  public static <T> OutcomeStage<T> of(CompletionStage<? extends Outcome<T>> stage) {
    return new OutcomeStage<>((CompletionStage<Outcome<T>>) stage);
  }

  /** A stage whose value is that of success. */
  public static <T> OutcomeStage<T> ofValue(CompletionStage<? extends T> value) {
    return new OutcomeStage<>(value.thenApply(Outcome::done));
  }

  /** The outcome with another value, if it is done. */
  public <U> OutcomeStage<U> map(Function<? super T, ? extends U> mapper) {
    return new OutcomeStage<>(stage.thenApply(outcome -> outcome.map(mapper::apply)));
  }

  /** The next step, if the outcome is done. */
  public <U> OutcomeStage<U> flatMap(Function<? super T, ? extends Result<U>> next) {
    return new OutcomeStage<>(
        stage.thenCompose(
            outcome ->
                outcome instanceof Outcome.Done<T> done
                    ? next.apply(done.value()).stage()
                    : CompletableFuture.completedStage(outcome.withoutValue())));
  }

  /** Another refusal, or another way to an outcome, if the outcome is refused. */
  public OutcomeStage<T> onRefused(Function<Outcome.Refused<T>, ? extends Result<T>> instead) {
    return new OutcomeStage<>(
        stage.thenCompose(
            outcome ->
                outcome instanceof Outcome.Refused<T> refused
                    ? instead.apply(refused).stage()
                    : CompletableFuture.completedStage(outcome)));
  }

  /** Runs {@code action} if the outcome is done. After a write, that is once: not if repeated. */
  public OutcomeStage<T> onDone(Consumer<? super T> action) {
    return new OutcomeStage<>(stage.thenApply(outcome -> outcome.onDone(action)));
  }

  @Override
  public CompletionStage<Outcome<T>> stage() {
    return stage;
  }
}
