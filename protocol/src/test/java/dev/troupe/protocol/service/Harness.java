package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A service's behavior, and a caller that asks it. */
final class Harness {
  static final String REQUEST_ID = "request-7";

  private final ActorRef<ServiceRequest> service;
  private final TestProbe<ServiceReply> caller;

  <I extends Record, O extends Record> Harness(
      ActorTestKit testKit, Action<I, O> action, ActionHandler<I, O> handler) {
    this(testKit, ServiceDefinition.named("TestService").on(action, handler).build());
  }

  Harness(ActorTestKit testKit, ServiceDefinition definition) {
    this(testKit, definition, Runnable::run);
  }

  /**
   * @param blocking runs the blocking handlers
   */
  Harness(ActorTestKit testKit, ServiceDefinition definition, Executor blocking) {
    service = testKit.spawn(definition.behavior(blocking));
    caller = testKit.createTestProbe();
  }

  ServiceReply call(String action, String body) {
    return call(action, Map.of(), Map.of(), JsonBytes.of(body));
  }

  ServiceReply call(
      String action, Map<String, String> path, Map<String, String> query, JsonBytes body) {
    return call(action, path, query, body, Deadline.after(Duration.ofMinutes(1)));
  }

  ServiceReply call(
      String action,
      Map<String, String> path,
      Map<String, String> query,
      JsonBytes body,
      Deadline deadline) {
    return send(action, path, QueryParameters.of(query), body, deadline, null, null);
  }

  ServiceReply query(String action, QueryParameters query) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    return send(action, Map.of(), query, JsonBytes.EMPTY, deadline, null, null);
  }

  ServiceReply callUnderKey(String key, String action, String body) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    return send(action, Map.of(), QueryParameters.NONE, JsonBytes.of(body), deadline, key, null);
  }

  ServiceReply callIf(@Nullable Preconditions preconditions, String action) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    return send(
        action, Map.of(), QueryParameters.NONE, JsonBytes.EMPTY, deadline, null, preconditions);
  }

  private ServiceReply send(
      String action,
      Map<String, String> path,
      QueryParameters query,
      JsonBytes body,
      Deadline deadline,
      @Nullable String key,
      @Nullable Preconditions preconditions) {
    service.tell(
        new ServiceRequest(
            7,
            REQUEST_ID,
            action,
            path,
            query,
            body,
            deadline,
            key,
            preconditions,
            null,
            caller.getRef()));
    return caller.receiveMessage();
  }
}
