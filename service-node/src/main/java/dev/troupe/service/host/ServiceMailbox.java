package dev.troupe.service.host;

import dev.troupe.node.failure.FailureInterceptor;
import dev.troupe.node.failure.Failures;
import dev.troupe.node.health.WorkProgress;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Intercepts the messages of a service's actor: records the progress of each request, runs the
 * probes of the node in their turn, and answers a request for which the service throws.
 */
final class ServiceMailbox extends FailureInterceptor<Object, ServiceRequest> {
  private static final Logger log = LoggerFactory.getLogger(ServiceMailbox.class);

  private final String slot;
  private final WorkProgress progress;

  /** A message that waits behind the requests; {@code answered} runs when the probe is received. */
  record Probe(Runnable answered) {}

  ServiceMailbox(String slot, WorkProgress progress) {
    super(Object.class);
    this.slot = slot;
    this.progress = progress;
  }

  @Override
  protected Behavior<ServiceRequest> receive(
      TypedActorContext<Object> context, Object message, ReceiveTarget<ServiceRequest> target) {
    if (message instanceof Probe probe) {
      probe.answered().run();
      return Behaviors.same();
    }
    ServiceRequest request = (ServiceRequest) message;
    progress.began(request.action() + ", request " + request.requestId());
    try {
      return target.apply(context, request);
    } catch (Throwable failure) {
      log.error("[{}] {} failed, request {}", slot, request.action(), request.requestId(), failure);
      answer(request);
      throw failure;
    } finally {
      progress.ended();
    }
  }

  @Override
  protected Behavior<ServiceRequest> failed(TypedActorContext<Object> context, Throwable failure) {
    throw Failures.supervised(failure);
  }

  private static void answer(ServiceRequest request) {
    request
        .replyTo()
        .tell(
            ServiceReply.error(
                request,
                ReplyStatus.FAILED,
                "the service failed in %s; its log has the cause under request id %s"
                    .formatted(request.action(), request.requestId())));
  }
}
