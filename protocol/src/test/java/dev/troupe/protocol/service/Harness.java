package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
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
    ServiceDescriptor descriptor = ServiceDescriptor.named("TestService").action(action).build();
    service = testKit.spawn(Actions.of(descriptor).on(action, handler).behavior());
    caller = testKit.createTestProbe();
  }

  ServiceReply call(String action, String body) {
    return call(action, Map.of(), Map.of(), JsonBytes.of(body));
  }

  ServiceReply call(
      String action, Map<String, String> path, Map<String, String> query, JsonBytes body) {
    return call(action, path, query, body, System.currentTimeMillis() + 60_000);
  }

  ServiceReply call(
      String action,
      Map<String, String> path,
      Map<String, String> query,
      JsonBytes body,
      long deadlineMillis) {
    return send(action, path, query, body, deadlineMillis, null);
  }

  ServiceReply callUnderKey(String key, String action, String body) {
    long deadlineMillis = System.currentTimeMillis() + 60_000;
    return send(action, Map.of(), Map.of(), JsonBytes.of(body), deadlineMillis, key);
  }

  private ServiceReply send(
      String action,
      Map<String, String> path,
      Map<String, String> query,
      JsonBytes body,
      long deadlineMillis,
      @Nullable String key) {
    service.tell(
        new ServiceRequest(
            7,
            REQUEST_ID,
            action,
            path,
            query,
            body,
            deadlineMillis,
            key,
            null,
            null,
            caller.getRef()));
    return caller.receiveMessage();
  }
}
