package dev.troupe.protocol.service;

/**
 * Handles the requests of an action whose outcome is a plain value. Runs on an actor thread and
 * must not block.
 */
@FunctionalInterface
public interface ValueHandler<I extends Record, O extends Record> {
  /**
   * @throws Exception {@link InvalidInputException} is answered with its status; another exception
   *     is a defect, logged and answered with 500
   */
  O handle(I input) throws Exception;
}
