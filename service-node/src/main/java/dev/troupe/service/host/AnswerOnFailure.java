package dev.troupe.service.host;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;

/** Answers the request that a behavior fails at, so that its caller need not wait it out. */
final class AnswerOnFailure extends BehaviorInterceptor<ServiceRequest, ServiceRequest> {
  AnswerOnFailure() {
    super(ServiceRequest.class);
  }

  @Override
  public Behavior<ServiceRequest> aroundReceive(
      TypedActorContext<ServiceRequest> context,
      ServiceRequest request,
      ReceiveTarget<ServiceRequest> target) {
    try {
      return target.apply(context, request);
    } catch (RuntimeException e) {
      request
          .replyTo()
          .tell(
              ServiceReply.error(
                  request,
                  ReplyStatus.FAILED,
                  "the service failed in %s; its log has the cause".formatted(request.action())));
      throw e;
    }
  }
}
