package dev.troupe.service.notification;

import static org.awaitility.Awaitility.await;

import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** One process's worth of the service. */
final class NotificationNode implements AutoCloseable {
  static final DeliveryPolicy QUICK =
      new DeliveryPolicy(
          10,
          Duration.ofSeconds(30),
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          3);

  private final ActorTestKit kit = ActorTestKit.create();
  private final FakeServiceContext context;
  private final ServiceClient client;

  NotificationNode(String slot, Engine engine, Path directory, Channel channel) throws Exception {
    context = new FakeServiceContext(slot, kit.system(), engine, directory);
    NotificationService service = new NotificationService(channel, QUICK);
    client = new ServiceClient(kit, kit.spawn(service.behavior(context)));
  }

  Answer send(String body) {
    return client.post("send_notification", body);
  }

  Answer get(long id) {
    return client.get("get_notification", Map.of("notification_id", Long.toString(id)));
  }

  Answer list(Map<String, String> query) {
    return client.list("list_notifications", query);
  }

  int attempts(long id) {
    return get(id).body().at("/notification/attempts").asInt();
  }

  void awaitState(long id, String state) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> get(id).body().at("/notification/state").asText().equals(state));
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    context.close();
  }
}
