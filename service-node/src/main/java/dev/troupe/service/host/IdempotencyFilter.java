package dev.troupe.service.host;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.InvalidInputException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Gives requests to the service, but answers a request that has a stored reply itself: the service
 * might need other services only to find out that there is nothing to do.
 */
final class IdempotencyFilter {
  /** Finds replies that were given before. */
  @FunctionalInterface
  interface StoredReplyLookup {
    /**
     * @param request one with an idempotency key
     * @return the reply stored under that key; fails with {@link InvalidInputException} when it was
     *     given to another request
     */
    CompletionStage<Optional<Answer>> find(ServiceRequest request);
  }

  private final ActorRef<ServiceRequest> service;
  private final StoredReplyLookup answers;

  IdempotencyFilter(ActorRef<ServiceRequest> service, StoredReplyLookup answers) {
    this.service = service;
    this.answers = answers;
  }

  void take(ServiceRequest request) {
    if (request.idempotencyKey() == null) {
      service.tell(request);
      return;
    }
    answers
        .find(request)
        .thenAccept(
            found ->
                found.ifPresentOrElse(
                    answer -> request.replyTo().tell(answer.to(request)),
                    () -> service.tell(request)))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                onFailure(request, failure);
              }
            });
  }

  private void onFailure(ServiceRequest request, Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof InvalidInputException invalid) {
      request.replyTo().tell(invalid.to(request));
      return;
    }
    // The store could not be read. The write looks for a stored reply again.
    service.tell(request);
  }
}
