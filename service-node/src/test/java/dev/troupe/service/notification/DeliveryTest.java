package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.service.clock.WallClock;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationRepository.New;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class DeliveryTest {
  private static final String SLOT = "NotificationService-1";

  @Parameter Engine engine;
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
    try (NotificationNode node =
        new NotificationNode(SLOT, engine, directory, receiver.settings())) {
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
    try (NotificationNode node =
        new NotificationNode(SLOT, engine, directory, receiver.settings())) {
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
        new NotificationNode("NotificationService-2", engine, directory, receiver.settings())) {
      other.awaitState(2, "sent");
      assertThat(other.get(1).body().at("/notification/state").asText()).isEqualTo("queued");
    }
    assertThat(receiver.ids()).containsExactly(2L);
  }

  @Test
  void twoInstancesDoNotDeliverTheSameTwice() throws Exception {
    try (NotificationNode one = new NotificationNode(SLOT, engine, directory, receiver.settings());
        NotificationNode other =
            new NotificationNode("NotificationService-2", engine, directory, receiver.settings())) {
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
                SLOT,
                engine,
                directory,
                silent.formatted(WebhookReceiver.SECRET, silence.port()))) {
      node.sendToHook();
      node.send("{\"user_id\":3,\"message\":\"hello\",\"type\":\"other\"}");
      node.awaitState(2, "sent");
      assertThat(node.get(1).body().at("/notification/state").asText()).isEqualTo("queued");
    }
  }

  @Test
  void whatWaitsGoesToTheChannelThatTheSettingsNameNow() throws Exception {
    leaveBehindOneClaimedAndOneQueued();
    try (NotificationNode node = new NotificationNode(SLOT, engine, directory, "")) {
      assertThat(node.awaitState(2, "sent").body().at("/notification/channel").asText())
          .isEqualTo("log");
    }
    assertThat(receiver.ids()).isEmpty();
  }

  private void leaveBehindOneClaimedAndOneQueued() throws Exception {
    DeliveryQueue queue =
        new DeliveryQueue(
            SLOT,
            "hook",
            NotificationSettings.read(ConfigFactory.parseString(NotificationNode.QUICK)).policy(),
            WallClock.system());
    try (QueuedStorage storage =
        ServiceStorage.open(
            "NotificationService",
            engine.settings(directory),
            "db/notification",
            directory.resolve("temporary"))) {
      storage
          .write(
              sql -> {
                Instant now = Instant.now();
                New added =
                    new New(3, "hook", "hook", "hello", now, now.plusSeconds(60), null, null);
                NotificationRepository.insert(sql, added);
                queue.claim(sql);
                return NotificationRepository.insert(sql, added);
              })
          .toCompletableFuture()
          .join();
    }
  }
}
