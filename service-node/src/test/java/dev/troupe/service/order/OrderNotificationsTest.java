package dev.troupe.service.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationService;
import dev.troupe.service.user.User;
import dev.troupe.service.user.UserService.UserFound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who orders is notified, once of each order. */
@ParameterizedClass
@EnumSource(Engine.class)
final class OrderNotificationsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Parameter Engine engine;
  @TempDir Path directory;
  private final ActorTestKit kit = ActorTestKit.create();
  private FakeServiceContext orderContext;
  private FakeServiceContext notificationContext;
  private ServiceClient orders;
  private ServiceClient notifications;

  @BeforeEach
  void start() throws Exception {
    orderContext = new FakeServiceContext("OrderService-1", kit.system(), engine, directory);
    orderContext.answerCallsWith(
        Outcome.done(new UserFound(new User(3, "alice", "a@example.org", 1))));
    ActorRef<ServiceRequest> publisher = orderContext.start(kit, new OrderService());
    orders = new ServiceClient(kit, publisher);
    notificationContext =
        new FakeServiceContext(
            "NotificationService-1", kit.system(), engine, directory.resolve("notifications"));
    notificationContext.settings("delivery.look = 20ms");
    notificationContext.answerEventsOf("OrderService", publisher);
    notifications =
        new ServiceClient(kit, notificationContext.start(kit, new NotificationService()));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    notificationContext.close();
    orderContext.close();
  }

  @Test
  void whoOrdersIsNotifiedOnceOfEachOrder() {
    orders.post("create_order", body(3));
    orders.post("create_order", body(4));
    awaitNotification(3);
    JsonNode notification = awaitNotification(4);
    assertThat(notification.get("message").asText())
        .isEqualTo("Your order 2 was created: 1 × book");
  }

  @Test
  void anOrderSentAgainUnderItsKeyNotifiesOnce() {
    orders.postUnderKey("k1", "create_order", body(3));
    orders.postUnderKey("k1", "create_order", body(3));
    orders.post("create_order", body(4));
    awaitNotification(4);
    assertThat(of(3)).hasSize(1);
  }

  @Test
  void whatAnEarlierVersionLeftInItsOutboxIsPublished() throws Exception {
    orders.post("create_order", body(3));
    awaitNotification(3);
    Storage storage = orderContext.storage("db/order");
    int published =
        storage
            .write(
                sql -> {
                  sql.update(
                      "INSERT INTO outbox (source, user_id, message, written_by, written_at)"
                          + " VALUES ('OrderService/order-created/1', 3, 'hello', 'x', 0)");
                  int taken = OrderRepository.takeOutbox(sql).size();
                  return taken * 10 + sql.one(row -> row.getInt(1), "SELECT count(*) FROM outbox");
                })
            .toCompletableFuture()
            .join();
    assertThat(published).isEqualTo(10);
  }

  private static String body(long user) {
    return "{\"user_id\":%d,\"product\":\"book\"}".formatted(user);
  }

  private JsonNode awaitNotification(long user) {
    await().atMost(PATIENCE).until(() -> !of(user).isEmpty());
    return of(user).get(0);
  }

  private JsonNode of(long user) {
    return notifications
        .list("list_notifications", Map.of("user_id", Long.toString(user)))
        .body()
        .at("/notifications");
  }
}
