package dev.troupe.service.host;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.InvalidInputException;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Gives requests to the service. One that was answered before gets that answer without the service,
 * which may need others to find out that it has nothing to do.
 */
final class IdempotencyFilter {
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
      String why = String.valueOf(invalid.getMessage());
      request.replyTo().tell(ServiceReply.error(request, invalid.status(), why));
      return;
    }
    // The store could not say now; the write itself looks again.
    service.tell(request);
  }
}
