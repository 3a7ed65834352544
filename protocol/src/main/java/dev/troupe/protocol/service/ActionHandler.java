package dev.troupe.protocol.service;

/**
 * Handles the requests of one action. Runs on an actor thread and must not block: what blocks is
 * wrapped in {@link #blocking}.
 */
@FunctionalInterface
public interface ActionHandler<I extends Record, O extends Record> {
  /**
   * @throws Exception {@link InvalidInputException} is answered with its status; another exception
   *     is a defect, logged and answered with 500
   */
  Result<O> handle(I input, CallContext call) throws Exception;

  /**
   * A handler that runs on the threads of the service that may block ({@link
   * ServiceContext#blocking}). A request is answered with 503 when their queue is full, and with
   * 504 when its deadline has passed before a thread is free.
   */
  static <I extends Record, O extends Record> ActionHandler<I, O> blocking(
      BlockingHandler<I, O> handler) {
    return new BlockingAction<>(handler);
  }
}
