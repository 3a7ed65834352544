package dev.troupe.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationNode;
import dev.troupe.service.notification.NotificationService.NotificationsEnqueued;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class OutboxTest {
  private static final Outcome<NotificationsEnqueued> DOWN =
      Outcome.refused(ReplyStatus.UNAVAILABLE, "nobody there");

  @Parameter Engine engine;
  @TempDir Path directory;
  private NotificationNode notifications;

  @BeforeEach
  void start() throws Exception {
    notifications = new NotificationNode("NotificationService-1", engine, directory, "");
  }

  @AfterEach
  void stop() {
    notifications.close();
  }

  @Test
  void whoOrdersIsNotifiedOnceOfEachOrder() throws Exception {
    try (Orders orders = orders(this::pass)) {
      orders.create(3);
      orders.create(4);
      awaitNotifications(3, 1);
      awaitNotifications(4, 1);
      assertThat(
              notifications
                  .list(Map.of("user_id", "3"))
                  .body()
                  .at("/notifications/0/message")
                  .asText())
          .isEqualTo("Your order 1 was created: 1 × book");
      orders.awaitEmptyOutbox();
    }
  }

  @Test
  void anOrderDoesNotWaitForNotificationsThatNobodyTakes() throws Exception {
    try (Orders orders = orders(input -> CompletableFuture.completedStage(DOWN))) {
      assertThat(orders.create(3).status()).isEqualTo(ReplyStatus.CREATED);
      orders.awaitSent(2);
      assertThat(orders.inOutbox()).isEqualTo(1);
    }
    assertThat(count(3)).isZero();
    try (Orders orders = orders(this::pass)) {
      awaitNotifications(3, 1);
      orders.awaitEmptyOutbox();
    }
  }

  @Test
  void whatWasStoredButNotAcknowledgedIsNotStoredAgain() throws Exception {
    try (Orders orders = orders(input -> pass(input).thenApply(stored -> DOWN))) {
      orders.create(3);
      awaitNotifications(3, 1);
      orders.awaitSent(2);
      assertThat(orders.inOutbox()).isEqualTo(1);
    }
    try (Orders orders = orders(this::pass)) {
      orders.awaitEmptyOutbox();
    }
    assertThat(count(3)).isEqualTo(1);
  }

  @Test
  void anOrderSentAgainUnderItsKeyNotifiesOnce() throws Exception {
    try (Orders orders = orders(this::pass)) {
      orders.createUnderKey("k1", 3);
      orders.createUnderKey("k1", 3);
      orders.awaitEmptyOutbox();
    }
    assertThat(count(3)).isEqualTo(1);
  }

  private Orders orders(Function<Record, CompletionStage<Outcome<? extends Record>>> answers)
      throws Exception {
    return new Orders("OrderService-1", engine, directory, answers);
  }

  private CompletionStage<Outcome<? extends Record>> pass(Record input) {
    Answer answer = notifications.enqueue(new String(Json.write(input), StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.message()).isEqualTo(ReplyStatus.OK);
    return CompletableFuture.completedStage(Outcome.done(new NotificationsEnqueued(1)));
  }

  private void awaitNotifications(long user, int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> count(user) == count);
  }

  private int count(long user) {
    return notifications.list(Map.of("user_id", Long.toString(user))).body().get("count").asInt();
  }
}
