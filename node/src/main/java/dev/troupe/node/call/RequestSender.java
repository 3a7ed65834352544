package dev.troupe.node.call;

import dev.troupe.node.program.ProxiedRequest;
import dev.troupe.protocol.call.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Sends requests to instances. Confined to the router. */
interface RequestSender {
  /**
   * @param proxied what the instance gets if it is a program
   * @return ends what this node does for the request, when nobody waits for its reply any more;
   *     null when the whole request was sent
   */
  @Nullable Runnable send(
      ServiceRequest request, InstanceHandle instance, @Nullable ProxiedRequest proxied);
}
