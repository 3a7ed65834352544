package dev.troupe.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Sends requests to a service as the gateway would. */
public final class ServiceClient {
  private static final byte[] NOTHING = {'{', '}'};

  private final ActorRef<ServiceRequest> service;
  private final TestProbe<ServiceReply> probe;
  private long lastId;

  public ServiceClient(ActorTestKit kit, ActorRef<ServiceRequest> service) {
    this.service = service;
    this.probe = kit.createTestProbe();
  }

  /** What came back. */
  public record Answer(
      ReplyStatus status, JsonNode body, @Nullable String message, Map<String, String> headers) {}

  public Answer post(String action, String body) {
    return send(action, Map.of(), Map.of(), body, null, null);
  }

  public Answer postUnderKey(String key, String action, String body) {
    return send(action, Map.of(), Map.of(), body, key, null);
  }

  public Answer get(String action, Map<String, String> path) {
    return send(action, path, Map.of(), "", null, null);
  }

  public Answer list(String action, Map<String, String> query) {
    return send(action, Map.of(), query, "", null, null);
  }

  /**
   * Changes one thing.
   *
   * @param key an idempotency key
   */
  public Answer change(
      String action,
      Map<String, String> path,
      String body,
      @Nullable String key,
      @Nullable Preconditions preconditions) {
    return send(action, path, Map.of(), body, key, preconditions);
  }

  private Answer send(
      String action,
      Map<String, String> path,
      Map<String, String> query,
      String body,
      @Nullable String key,
      @Nullable Preconditions preconditions) {
    long id = ++lastId;
    service.tell(
        new ServiceRequest(
            id,
            "request-" + id,
            action,
            path,
            QueryParameters.of(query),
            JsonBytes.of(body),
            Deadline.after(Duration.ofSeconds(20)),
            key,
            preconditions,
            null,
            probe.ref()));
    ServiceReply reply = probe.receiveMessage(Duration.ofSeconds(10));
    if (reply.correlationId() != id) {
      throw new AssertionError("answer to " + reply.correlationId() + " (expected: to " + id + ")");
    }
    return new Answer(reply.status(), json(reply.data()), reply.message(), reply.headers());
  }

  private static JsonNode json(JsonBytes data) {
    try {
      return Json.MAPPER.readTree(data.isEmpty() ? NOTHING : data.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
