package dev.troupe.service.outbox;

import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationService;
import dev.troupe.service.order.OrderService;
import dev.troupe.service.user.User;
import dev.troupe.service.user.UserService.UserFound;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** One process's worth of OrderService, and what NotificationService answers it. */
final class Orders implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit = ActorTestKit.create();
  private final FakeServiceContext context;
  private final ServiceClient client;
  private final Storage storage;

  Orders(
      String slot,
      Engine engine,
      Path directory,
      Function<Record, CompletionStage<Outcome<? extends Record>>> notifications)
      throws Exception {
    context = new FakeServiceContext(slot, kit.system(), engine, directory);
    context.answerCallsWith(Outcome.done(new UserFound(new User(3, "alice", "a@example.org", 1))));
    context.answerCallsTo(NotificationService.NAME, notifications);
    client = new ServiceClient(kit, context.start(kit, new OrderService()));
    storage = context.storage("db/order");
  }

  Answer create(long user) {
    return client.post("create_order", body(user));
  }

  Answer createUnderKey(String key, long user) {
    return client.postUnderKey(key, "create_order", body(user));
  }

  private static String body(long user) {
    return "{\"user_id\":%d,\"product\":\"book\"}".formatted(user);
  }

  void awaitSent(int times) {
    await().atMost(PATIENCE).until(() -> context.calls(NotificationService.NAME).size() >= times);
  }

  void awaitEmptyOutbox() {
    await().atMost(PATIENCE).until(() -> inOutbox() == 0);
  }

  int inOutbox() {
    return storage.read(Orders::inOutbox).toCompletableFuture().join();
  }

  private static int inOutbox(Sql sql) throws SQLException {
    return sql.one(row -> row.getInt(1), "SELECT count(*) FROM outbox");
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    context.close();
  }
}
