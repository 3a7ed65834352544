package dev.troupe.node.call;

import dev.troupe.protocol.call.ServiceReply;
import java.util.concurrent.CompletionStage;

/** Calls services of the cluster, from any thread. {@link RouterActor#client} makes one. */
@FunctionalInterface
public interface CallClient {
  /**
   * Sends {@code call} to the ready instance with the fewest requests in flight, waiting for one if
   * there is none.
   *
   * @return the reply, at the latest at the deadline; never fails. It completes on an actor thread:
   *     what follows must not block
   */
  CompletionStage<ServiceReply> call(OutboundCall call);
}
