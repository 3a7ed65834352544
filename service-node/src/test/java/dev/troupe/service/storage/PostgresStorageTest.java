package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.StorageUnavailableException;
import dev.troupe.protocol.settings.Secret;
import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.engine.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresStorageTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "UserService, user_service",
    "HTTPGateway2Service, http_gateway2_service",
    "orders, orders",
    "My_Service, my_service"
  })
  void aServiceHasASchemaOfItsName(String service, String schema) throws Exception {
    assertThat(SchemaName.of(service)).isEqualTo(schema);
  }

  @Test
  void aNameThatPostgresKeepsForItselfIsRefused() {
    assertThatThrownBy(() -> SchemaName.of("PgCatalog"))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("'pg_catalog'");
  }

  @Test
  void servicesShareADatabaseAndNoTable() throws Exception {
    StorageSettings settings = Engine.POSTGRESQL.settings(directory);
    try (QueuedStorage one = open("One", settings);
        QueuedStorage other = open("Other", settings)) {
      Notes.join(one.write(Notes.insert("of one")));
      assertThat(Notes.all(other)).isEmpty();
    }
  }

  @Test
  void instancesThatStartTogetherMigrateOnceAndWriteTogether() {
    StorageSettings settings = Engine.POSTGRESQL.settings(directory);
    List<CompletableFuture<QueuedStorage>> opening =
        IntStream.range(0, 3)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> openUnchecked(settings), this::inThread))
            .toList();
    List<QueuedStorage> instances = opening.stream().map(Notes::join).toList();
    try {
      List<CompletionStage<Long>> writes =
          IntStream.range(0, 300)
              .mapToObj(i -> instances.get(i % 3).write(Notes.insert("note " + i)))
              .toList();
      writes.forEach(Notes::join);
      assertThat(Notes.all(instances.get(0))).hasSize(300);
    } finally {
      instances.forEach(QueuedStorage::close);
    }
  }

  @Test
  void aServerThatIsDownIsWaitedFor() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (QueuedStorage storage = open("Notes", at("jdbc:postgresql://127.0.0.1:" + port + "/x"))) {
      assertThatThrownBy(storage::check)
          .hasMessageContaining("jdbc:postgresql://127.0.0.1:" + port + "/x cannot be reached")
          .hasMessageContaining("troupe.storage.url");
      assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert("lost"))))
          .hasCauseInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(() -> Notes.join(storage.read(sql -> 1)))
          .hasCauseInstanceOf(StorageUnavailableException.class);
    }
  }

  @Test
  void aDatabaseThatIsCreatedLaterIsOpenedByItself() throws Exception {
    String later = PostgresServer.newDatabase();
    PostgresServer.administer("DROP DATABASE " + later);
    try (QueuedStorage storage = open("Notes", at(PostgresServer.settings(later)))) {
      assertThatThrownBy(storage::check).hasMessageContaining("does not exist. Create it");
      PostgresServer.administer("CREATE DATABASE " + later);
      awaitWell(storage);
      Notes.join(storage.write(Notes.insert("at last")));
    }
  }

  @Test
  void aRefusedPasswordIsSaidAndNeverShown() throws Exception {
    String database = PostgresServer.newDatabase();
    PostgresServer.administer("CREATE ROLE %s_role NOLOGIN".formatted(database));
    ServerSettings server = PostgresServer.settings(database);
    ServerSettings refused =
        new ServerSettings(
            new Secret(server.place() + "?password=hunter2"),
            database + "_role",
            new Secret("hunter3"),
            server.connectTimeout(),
            server.statementTimeout());
    assertThat(refused.toString()).doesNotContain("hunter");
    try (QueuedStorage storage = open("Notes", at(refused))) {
      assertThatThrownBy(storage::check)
          .hasMessageContaining("refuses the login of '" + database + "_role'")
          .hasMessageContaining("TROUPE_STORAGE_PASSWORD")
          .hasMessageNotContaining("hunter");
    }
  }

  @Test
  void aNewerSchemaIsNotTouchedAndWaitedOut() throws Exception {
    StorageSettings settings = Engine.POSTGRESQL.settings(directory);
    open("Notes", settings).close();
    execute(
        settings,
        "INSERT INTO notes.flyway_schema_history SELECT 2, '7', 'later', type, 'V7__later.sql', 1,"
            + " installed_by, installed_on, execution_time, success"
            + " FROM notes.flyway_schema_history WHERE installed_rank = 1");
    execute(settings, "UPDATE notes.troupe_schema SET fingerprint = 7");
    try (QueuedStorage storage = open("Notes", settings)) {
      assertThatThrownBy(storage::check)
          .hasMessageContaining("schema notes of jdbc:postgresql:")
          .hasMessageContaining("version 7")
          .hasMessageContaining("up to 1");
      execute(settings, "DELETE FROM notes.flyway_schema_history WHERE version = '7'");
      awaitWell(storage);
    }
  }

  @Test
  void lostConnectionsAreReplacedAndNothingAcknowledgedIsLost() throws Exception {
    StorageSettings settings = Engine.POSTGRESQL.settings(directory);
    try (QueuedStorage storage = open("Notes", settings)) {
      CompletionStage<Long> cut =
          storage.write(
              sql -> {
                long id = Notes.insert(sql.connection(), "cut");
                execute(settings, TERMINATE);
                return id;
              });
      assertThatThrownBy(() -> Notes.join(cut))
          .hasCauseInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(() -> Notes.join(storage.read(sql -> terminateSelf(sql.connection()))))
          .hasCauseInstanceOf(StorageUnavailableException.class);
      awaitWell(storage);
      Notes.join(storage.write(Notes.insert("after")));
      assertThat(Notes.all(storage)).containsExactly("after");
    }
  }

  @Test
  void aStatementThatTakesTooLongFailsAlone() throws Exception {
    try (QueuedStorage storage = open("Notes", Engine.POSTGRESQL.settings(directory))) {
      CompletionStage<Boolean> slow =
          storage.write(sql -> sql.connection().createStatement().execute("SELECT pg_sleep(60)"));
      CompletionStage<Long> next = storage.write(Notes.insert("next"));
      assertThatThrownBy(() -> Notes.join(slow))
          .hasCauseInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("statement timeout");
      Notes.join(next);
      storage.check();
    }
  }

  @Test
  void aWriterThatHangsDoesNotHoldUpTheOthersForEver() throws Exception {
    StorageSettings settings = Engine.POSTGRESQL.settings(directory);
    try (QueuedStorage storage = open("Notes", settings);
        Database hung = Notes.database(Engine.POSTGRESQL, directory)) {
      Connection connection = hung.borrow();
      hung.begin(connection);
      CompletionStage<Long> held = storage.write(Notes.insert("held up"));
      try {
        Notes.join(held);
      } catch (RuntimeException e) {
        assertThat(e).hasCauseInstanceOf(StorageUnavailableException.class);
      }
      Notes.join(storage.write(Notes.insert("goes on")));
      hung.giveBack(connection);
    }
  }

  @Test
  void aDatabaseThatIsReadOnlyNowIsUnhealthyAndRecovers() throws Exception {
    StorageSettings settings = Engine.POSTGRESQL.settings(directory);
    try (QueuedStorage storage = open("Notes", settings)) {
      String database = settings.server().url().value().replaceAll(".*/|\\?.*", "");
      String readOnly = "ALTER DATABASE " + database + " SET default_transaction_read_only = ";
      PostgresServer.administer(readOnly + "on");
      execute(settings, TERMINATE);
      await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThatThrownBy(storage::check)
                      .isInstanceOf(DegradedException.class)
                      .hasMessageContaining("read-only"));
      assertThat(Notes.all(storage)).as("reads go on").isEmpty();
      assertThatThrownBy(() -> Notes.join(storage.write(Notes.insert("refused"))))
          .hasCauseInstanceOf(StorageUnavailableException.class);
      PostgresServer.administer(readOnly + "off");
      execute(settings, "SET default_transaction_read_only = off; " + TERMINATE);
      awaitWell(storage);
      Notes.join(storage.write(Notes.insert("taken")));
    }
  }

  private static final String TERMINATE =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

  private static boolean terminateSelf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
    }
  }

  private static void awaitWell(QueuedStorage storage) {
    await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(() -> isWell(storage));
  }

  private static boolean isWell(QueuedStorage storage) throws SQLException {
    storage.check();
    return true;
  }

  private QueuedStorage open(String service, StorageSettings settings) throws Exception {
    return ServiceStorage.open(service, settings, Notes.MIGRATIONS, directory);
  }

  private QueuedStorage openUnchecked(StorageSettings settings) {
    try {
      return open("Notes", settings);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private StorageSettings at(String url) {
    return at(
        new ServerSettings(
            new Secret(url), "u", new Secret(""), Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  private StorageSettings at(ServerSettings server) {
    return new StorageSettings(
        directory, Duration.ofSeconds(5), 2, 100, 0, Notes.IDEMPOTENCY, server);
  }

  private static void execute(StorageSettings settings, String sql) throws SQLException {
    try (Connection connection = PostgresSources.of("test", settings.server()).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void inThread(Runnable work) {
    new Thread(work).start();
  }
}
