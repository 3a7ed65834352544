package dev.troupe.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.ServiceDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an instance of a service what the service says of its actions. */
final class ServiceDescriptions {
  private static final Logger log = LoggerFactory.getLogger(ServiceDescriptions.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String REQUEST_ID = "openapi";

  private final CallClient calls;

  ServiceDescriptions(CallClient calls) {
    this.calls = calls;
  }

  /**
   * The description that {@link ServiceDescription} makes, or nothing when no instance answers in
   * time. Never fails.
   */
  CompletionStage<Optional<JsonNode>> of(String service) {
    OutboundCall call =
        new OutboundCall(
            REQUEST_ID,
            service,
            ServiceDescription.ACTION,
            true,
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.after(PATIENCE),
            null,
            null,
            null);
    return calls
        .call(call)
        .thenApplyAsync(reply -> read(service, reply))
        .exceptionally(e -> none(service, e.toString()));
  }

  private static Optional<JsonNode> read(String service, ServiceReply reply) {
    if (reply.status() == ReplyStatus.NOT_FOUND) {
      // An earlier version does not know the action.
      return Optional.of(Json.MAPPER.createObjectNode());
    }
    if (reply.status() != ReplyStatus.OK) {
      return none(service, reply.status() + " " + reply.message());
    }
    try {
      return Optional.of(Json.MAPPER.readTree(reply.data().bytes()));
    } catch (IOException e) {
      return none(service, e.toString());
    }
  }

  private static Optional<JsonNode> none(String service, String why) {
    log.warn("[{}] gives no description for /openapi.json now: {}", service, why);
    return Optional.empty();
  }
}
