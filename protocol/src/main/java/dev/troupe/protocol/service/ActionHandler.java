package dev.troupe.protocol.service;

import java.util.concurrent.CompletionStage;

/** Handles the requests of one action. Runs on an actor thread: it must not block. */
@FunctionalInterface
public interface ActionHandler<I extends Record, O extends Record> {
  /**
   * @return the outcome; a stage that fails is a defect, logged and answered with 500
   */
  CompletionStage<? extends Outcome<O>> handle(I input, CallContext call);
}
