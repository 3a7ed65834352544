package dev.troupe.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.Storage;
import dev.troupe.service.clock.HandClock;
import dev.troupe.service.clock.WallClock;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationService.Sourced;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
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
                  sql -> {
                    mine.add(sql, of(1), NOW.plus(Duration.ofHours(1)));
                    others.add(sql, of(2), NOW);
                    others.add(sql, of(3), NOW.plus(OutboxTable.OWN));
                    others.add(sql, of(4), NOW.plus(OutboxTable.OWN).plusMillis(1));
                    others.add(sql, of(5), NOW.minus(OutboxTable.OWN).minusMillis(1));
                    return mine.next(sql, 10, NOW).stream()
                        .map(entry -> entry.notification().userId())
                        .toList();
                  })
              .toCompletableFuture()
              .join();
      assertThat(users).containsExactly(1L, 4L, 5L);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatADeadInstanceLeftIsSentByOthersHoweverTheClockIsSet(Engine engine) throws Exception {
    OutboxTable dead = new OutboxTable("OrderService-1");
    OutboxTable living = new OutboxTable("OrderService-2");
    HandClock hand = new HandClock();
    WallClock clock = hand.wall();
    try (QueuedStorage storage =
        ServiceStorage.open(
            "OrderService", engine.settings(directory), "db/order", directory.resolve("tmp"))) {
      Supplier<Integer> left = () -> done(storage, sql -> living.next(sql, 10, clock.now()).size());
      done(
          storage,
          sql -> {
            dead.add(sql, of(1), clock.now());
            return 0;
          });
      assertThat(left.get()).as("its own for a while").isZero();
      hand.setBack(Duration.ofHours(1));
      assertThat(left.get()).as("set back").isEqualTo(1);
      hand.setForward(Duration.ofHours(1));
      assertThat(left.get()).as("set right").isZero();
      hand.pass(OutboxTable.OWN.plusMillis(1));
      assertThat(left.get()).as("left behind").isEqualTo(1);
    }
  }

  private static <T> T done(QueuedStorage storage, Storage.Work<T> work) {
    return storage.write(work).toCompletableFuture().join();
  }

  private static Sourced of(long user) {
    return new Sourced("test/" + user, user, "hello");
  }
}
