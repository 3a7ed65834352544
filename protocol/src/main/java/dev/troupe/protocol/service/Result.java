package dev.troupe.protocol.service;

import java.util.concurrent.CompletionStage;

/**
 * What a handler returns: an {@link Outcome} that is known now, or an {@link OutcomeStage} that
 * will be known later.
 *
 * @param <T> the value of success
 */
public sealed interface Result<T> permits Outcome, OutcomeStage {
  /** The outcome as a stage, which is complete if the outcome is known now. */
  CompletionStage<Outcome<T>> stage();
}
