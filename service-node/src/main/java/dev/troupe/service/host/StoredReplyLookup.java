package dev.troupe.service.host;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.InvalidInputException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Knows what was answered before. */
@FunctionalInterface
interface StoredReplyLookup {
  /**
   * @param request one with an idempotency key
   * @return the answer given under that key; fails with {@link InvalidInputException} when it was
   *     given to another request
   */
  CompletionStage<Optional<Answer>> find(ServiceRequest request);
}
