package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class DeliveryTest {
  private static final String SLOT = "NotificationService-1";
  private static final String HELLO = "{\"user_id\":3,\"message\":\"hello\"}";

  @Parameter Engine engine;
  @TempDir Path directory;
  private final Queue<Long> delivered = new ConcurrentLinkedQueue<>();
  private final Channel working = sent -> delivered.add(sent.id());

  @Test
  void manyAreEachDeliveredOnce() throws Exception {
    try (NotificationNode node = new NotificationNode(SLOT, engine, directory, working)) {
      for (int i = 1; i <= 35; i++) {
        node.send(HELLO);
      }
      for (int i = 1; i <= 35; i++) {
        node.awaitState(i, "sent");
      }
    }
    assertThat(delivered).hasSize(35).doesNotHaveDuplicates();
  }

  @Test
  void whatAKilledProcessLeftBehindIsDeliveredByItsSuccessor() throws Exception {
    leaveBehindOneClaimedAndOneQueued();
    try (NotificationNode node = new NotificationNode(SLOT, engine, directory, working)) {
      node.awaitState(1, "sent");
      node.awaitState(2, "sent");
      assertThat(node.attempts(1)).isEqualTo(2);
      assertThat(node.attempts(2)).isEqualTo(1);
    }
    assertThat(delivered).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void anotherInstanceLeavesAClaimAlone() throws Exception {
    leaveBehindOneClaimedAndOneQueued();
    try (NotificationNode other =
        new NotificationNode("NotificationService-2", engine, directory, working)) {
      other.awaitState(2, "sent");
      assertThat(other.get(1).body().at("/notification/state").asText()).isEqualTo("queued");
    }
    assertThat(delivered).containsExactly(2L);
  }

  @Test
  void twoInstancesDoNotDeliverTheSameTwice() throws Exception {
    try (NotificationNode one = new NotificationNode(SLOT, engine, directory, working);
        NotificationNode other =
            new NotificationNode("NotificationService-2", engine, directory, working)) {
      for (int i = 1; i <= 20; i++) {
        (i % 2 == 0 ? one : other).send(HELLO);
      }
      for (int i = 1; i <= 20; i++) {
        one.awaitState(i, "sent");
      }
    }
    assertThat(delivered).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aFailedDeliveryIsTriedAgain() throws Exception {
    Channel failingTwice =
        sent -> {
          if (sent.attempts() < 3) {
            throw new IOException("the line is dead");
          }
          delivered.add(sent.id());
        };
    try (NotificationNode node = new NotificationNode(SLOT, engine, directory, failingTwice)) {
      node.send(HELLO);
      node.awaitState(1, "sent");
      assertThat(node.attempts(1)).isEqualTo(3);
    }
    assertThat(delivered).containsExactly(1L);
  }

  @Test
  void deliveryIsGivenUpAfterTheLastAttempt() throws Exception {
    Channel broken =
        sent -> {
          throw new IOException("the line is dead");
        };
    try (NotificationNode node = new NotificationNode(SLOT, engine, directory, broken)) {
      node.send(HELLO);
      node.awaitState(1, "failed");
      assertThat(node.attempts(1)).isEqualTo(NotificationNode.QUICK.maxAttempts());
      assertThat(node.get(1).body().get("notification").has("sent_at")).isFalse();
    }
  }

  private void leaveBehindOneClaimedAndOneQueued() throws Exception {
    DeliveryQueue queue = new DeliveryQueue(SLOT, NotificationNode.QUICK);
    try (QueuedStorage storage =
        ServiceStorage.open(
            "NotificationService",
            engine.settings(directory),
            "db/notification",
            directory.resolve("temporary"))) {
      storage
          .write(
              connection -> {
                Instant now = Instant.now();
                NotificationRepository.insert(connection, 3, "email", "claimed", now);
                queue.claim(connection, now);
                return NotificationRepository.insert(connection, 3, "email", "queued", now);
              })
          .toCompletableFuture()
          .join();
    }
  }
}
