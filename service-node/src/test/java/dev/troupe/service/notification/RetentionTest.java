package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetentionTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatIsOldAndDoneGoesAndAllElseStays(Engine engine) throws Exception {
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    Retention retention = new Retention(DAY.multipliedBy(30), DAY.multipliedBy(10), DAY);
    try (QueuedStorage storage =
        ServiceStorage.open(
            "Notes", engine.settings(directory), "db/notification", directory.resolve("tmp"))) {
      String left =
          storage
              .write(
                  sql -> {
                    insert(sql.connection(), "sent", now.minus(DAY.multipliedBy(31)));
                    insert(sql.connection(), "sent", now.minus(DAY.multipliedBy(29)));
                    insert(sql.connection(), "dead", now.minus(DAY.multipliedBy(11)));
                    insert(sql.connection(), "dead", now.minus(DAY.multipliedBy(9)));
                    insert(sql.connection(), "queued", now.minus(DAY.multipliedBy(99)));
                    assertThat(retention.prune(sql, now)).isEqualTo(2);
                    assertThat(retention.prune(sql, now)).isZero();
                    return ids(sql.connection());
                  })
              .toCompletableFuture()
              .join();
      assertThat(left).isEqualTo("2 4 5 ");
    }
  }

  private static void insert(Connection connection, String state, Instant time)
      throws SQLException {
    long millis = time.toEpochMilli();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          ("INSERT INTO notifications (user_id, type, message, state, attempts, created_at,"
                  + " sent_at, due_at, give_up_at) VALUES (1, 'email', 'm', '%s', 1, %d, %d, %d, %d)")
              .formatted(state, millis, millis, millis, millis));
    }
  }

  private static String ids(Connection connection) throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM notifications ORDER BY id")) {
      while (rows.next()) {
        ids.append(rows.getLong(1)).append(' ');
      }
    }
    return ids.toString();
  }
}
