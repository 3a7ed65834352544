package dev.troupe.protocol.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A handler that needs threads which may block, and has none yet. */
record BlockingAction<I extends Record, O extends Record>(BlockingHandler<I, O> handler)
    implements ActionHandler<I, O> {
  @Override
  public Result<O> handle(I input, CallContext call) {
    throw new IllegalStateException(
        "a blocking handler runs only as a handler of a ServiceDefinition");
  }

  /** The same handler on {@code threads}, which may refuse it. */
  ActionHandler<I, O> on(Executor threads) {
    return (input, call) -> {
      CompletableFuture<Outcome<O>> outcome = new CompletableFuture<>();
      threads.execute(() -> run(input, call, outcome));
      return OutcomeStage.of(outcome);
    };
  }

  private void run(I input, CallContext call, CompletableFuture<Outcome<O>> outcome) {
    if (call.deadline().hasPassed()) {
      outcome.complete(Actions.tooLate());
      return;
    }
    try {
      outcome.complete(handler.handle(input, call));
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }
}
