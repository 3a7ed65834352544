package dev.troupe.service.notification;

import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.service.Outcome;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** One process's worth of the service, in a hurry. */
public final class NotificationNode implements AutoCloseable {
  static final String QUICK =
      """
      delivery {
        batch = 10
        gather = 1ms
        claim = 30s
        look = 20ms
        first-pause = 10ms
        longest-pause = 50ms
        deadline = 10s
      }
      """;

  private final ActorTestKit kit = ActorTestKit.create();
  private final FakeServiceContext context;
  private final ServiceClient client;

  /**
   * @param settings beside those that make it quick
   */
  public NotificationNode(String slot, Engine engine, Path directory, String settings)
      throws Exception {
    context = new FakeServiceContext(slot, kit.system(), engine, directory);
    context.settings(QUICK + settings);
    client = new ServiceClient(kit, context.start(kit, new NotificationService()));
  }

  void answerCallsWith(Outcome<? extends Record> answer) {
    context.answerCallsWith(answer);
  }

  Answer send(String body) {
    return client.post("send_notification", body);
  }

  /** Sends what goes to the channel {@code hook}. */
  void sendToHook() {
    send("{\"user_id\":3,\"message\":\"hello\",\"type\":\"hook\"}");
  }

  Answer retry(long id) {
    return client.get("retry_notification", Map.of("notification_id", Long.toString(id)));
  }

  Answer get(long id) {
    return client.get("get_notification", Map.of("notification_id", Long.toString(id)));
  }

  public Answer list(Map<String, String> query) {
    return client.list("list_notifications", query);
  }

  int attempts(long id) {
    return get(id).body().at("/notification/attempts").asInt();
  }

  Answer awaitState(long id, String state) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> get(id),
            answer -> answer.body().at("/notification/state").asText().equals(state));
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    context.close();
  }
}
