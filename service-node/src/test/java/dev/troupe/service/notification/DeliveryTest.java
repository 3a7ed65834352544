package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.settings.IdempotencySettings;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.notification.NotificationRepository.New;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.SqliteStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliveryTest {
  private static final String SLOT = "NotificationService-1";

  @TempDir Path directory;
  private WebhookReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void manyAreEachDeliveredOnce() throws Exception {
    try (NotificationNode node = new NotificationNode(SLOT, directory, receiver.settings())) {
      for (int i = 1; i <= 35; i++) {
        node.sendToHook();
      }
      for (int i = 1; i <= 35; i++) {
        node.awaitState(i, "sent");
      }
    }
    assertThat(receiver.ids()).hasSize(35).doesNotHaveDuplicates();
  }

  @Test
  void whatAKilledProcessLeftBehindIsDeliveredByItsSuccessor() throws Exception {
    leaveBehindOneClaimedAndOneQueued();
    try (NotificationNode node = new NotificationNode(SLOT, directory, receiver.settings())) {
      node.awaitState(1, "sent");
      node.awaitState(2, "sent");
      assertThat(node.attempts(1)).isEqualTo(2);
      assertThat(node.attempts(2)).isEqualTo(1);
    }
    assertThat(receiver.ids()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void anotherInstanceLeavesAClaimAlone() throws Exception {
    leaveBehindOneClaimedAndOneQueued();
    try (NotificationNode other =
        new NotificationNode("NotificationService-2", directory, receiver.settings())) {
      other.awaitState(2, "sent");
      assertThat(other.get(1).body().at("/notification/state").asText()).isEqualTo("queued");
    }
    assertThat(receiver.ids()).containsExactly(2L);
  }

  @Test
  void twoInstancesDoNotDeliverTheSameTwice() throws Exception {
    try (NotificationNode one = new NotificationNode(SLOT, directory, receiver.settings());
        NotificationNode other =
            new NotificationNode("NotificationService-2", directory, receiver.settings())) {
      for (int i = 1; i <= 20; i++) {
        (i % 2 == 0 ? one : other).sendToHook();
      }
      for (int i = 1; i <= 20; i++) {
        one.awaitState(i, "sent");
      }
    }
    assertThat(receiver.ids()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aServerThatDoesNotAnswerKeepsNoOtherChannelWaiting() throws Exception {
    String silent =
        "channels.hook { kind = webhook, secret = \"%s\", timeout = 20s, url = \"http://127.0.0.1:%d/\" }";
    try (Silence silence = new Silence();
        NotificationNode node =
            new NotificationNode(
                SLOT, directory, silent.formatted(WebhookReceiver.SECRET, silence.port()))) {
      node.sendToHook();
      node.send("{\"user_id\":3,\"message\":\"hello\",\"type\":\"other\"}");
      node.awaitState(2, "sent");
      assertThat(node.get(1).body().at("/notification/state").asText()).isEqualTo("queued");
    }
  }

  @Test
  void whatWaitsGoesToTheChannelThatTheSettingsNameNow() throws Exception {
    leaveBehindOneClaimedAndOneQueued();
    try (NotificationNode node = new NotificationNode(SLOT, directory, "")) {
      assertThat(node.awaitState(2, "sent").body().at("/notification/channel").asText())
          .isEqualTo("log");
    }
    assertThat(receiver.ids()).isEmpty();
  }

  private void leaveBehindOneClaimedAndOneQueued() throws Exception {
    StorageSettings settings =
        new StorageSettings(
            directory,
            Duration.ofSeconds(5),
            1,
            100,
            new IdempotencySettings(Duration.ofHours(1), 10));
    DeliveryQueue queue =
        new DeliveryQueue(
            SLOT,
            "hook",
            NotificationSettings.read(ConfigFactory.parseString(NotificationNode.QUICK)).policy());
    try (QueuedStorage storage =
        SqliteStorage.open(
            "NotificationService", settings, "db/notification", directory.resolve("temporary"))) {
      storage
          .write(
              connection -> {
                Instant now = Instant.now();
                New added = new New(3, "hook", "hook", "hello", now, now.plusSeconds(60), null);
                NotificationRepository.insert(connection, added);
                queue.claim(connection, now);
                return NotificationRepository.insert(connection, added);
              })
          .toCompletableFuture()
          .join();
    }
  }
}
