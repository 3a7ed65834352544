package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceRequest;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Sends requests to instances. Confined to the router. */
interface RequestSender {
  /**
   * @return drops the body that this node keeps until the instance has fetched it; null when the
   *     whole request was sent
   */
  @Nullable Runnable send(ServiceRequest request, ActorRef<ServiceRequest> instance);
}
