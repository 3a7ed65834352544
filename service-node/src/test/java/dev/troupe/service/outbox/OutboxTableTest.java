package dev.troupe.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationService.Sourced;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutboxTableTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatIsOldOrOfTheFutureIsForAllInstances(Engine engine) throws Exception {
    OutboxTable mine = new OutboxTable("OrderService-1");
    OutboxTable others = new OutboxTable("OrderService-2");
    try (QueuedStorage storage =
        ServiceStorage.open(
            "OrderService", engine.settings(directory), "db/order", directory.resolve("tmp"))) {
      List<Long> users =
          storage
              .write(
                  connection -> {
                    mine.add(connection, of(1), NOW.plus(Duration.ofHours(1)));
                    others.add(connection, of(2), NOW);
                    others.add(connection, of(3), NOW.plus(OutboxTable.OWN));
                    others.add(connection, of(4), NOW.plus(OutboxTable.OWN).plusMillis(1));
                    others.add(connection, of(5), NOW.minus(OutboxTable.OWN).minusMillis(1));
                    return mine.next(connection, 10, NOW).stream()
                        .map(entry -> entry.notification().userId())
                        .toList();
                  })
              .toCompletableFuture()
              .join();
      assertThat(users).containsExactly(1L, 4L, 5L);
    }
  }

  private static Sourced of(long user) {
    return new Sourced("test/" + user, user, "hello");
  }
}
