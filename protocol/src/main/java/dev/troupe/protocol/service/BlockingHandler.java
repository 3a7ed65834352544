package dev.troupe.protocol.service;

/** Handles the requests of one action, see {@link ActionHandler#blocking}. It may block. */
@FunctionalInterface
public interface BlockingHandler<I extends Record, O extends Record> {
  /**
   * @throws Exception {@link InvalidInputException} is answered with its status; another exception
   *     is a defect, logged and answered with 500
   */
  Outcome<O> handle(I input, CallContext call) throws Exception;
}
