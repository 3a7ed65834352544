package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.protocol.settings.ServerSettings;
import dev.troupe.service.engine.PostgresServer;
import java.io.File;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** With a real pgbouncer, where there is one. */
final class PoolerCheckTest {
  private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");

  @TempDir Path directory;

  @Test
  void aServerGivesEachConnectionASession() {
    ServerSettings server = PostgresServer.settings(PostgresServer.newDatabase());
    PGSimpleDataSource source = PostgresSources.of("Notes", server);
    assertThatCode(() -> PoolerCheck.requireOwnSessions(source, "here")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"transaction, 0, true", "transaction, 1, true", "session, 0, false"})
  void aPoolerThatLendsSessionsForATransactionIsRefused(
      String mode, int roundRobin, boolean refused) throws Exception {
    assumeTrue(Files.isExecutable(PGBOUNCER));
    ServerSettings server = PostgresServer.settings(PostgresServer.newDatabase());
    URI url = URI.create(server.url().value().substring("jdbc:".length()));
    String database = url.getPath().substring(1);
    int port = freePort();
    Path file =
        Files.writeString(
            directory.resolve("pgbouncer.ini"),
            """
            [databases]
            %s = host=127.0.0.1 port=%d dbname=%s user=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = %s
            server_round_robin = %d
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(database, url.getPort(), database, port, mode, roundRobin));
    Process pooler = start(file);
    try {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setURL("jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, database));
      await().ignoreExceptions().until(() -> source.getConnection().isValid(1));
      if (refused) {
        assertThatThrownBy(() -> PoolerCheck.requireOwnSessions(source, "here"))
            .isInstanceOf(UnusableStorageException.class)
            .hasMessageContaining("pool_mode = session");
      } else {
        PoolerCheck.requireOwnSessions(source, "here");
      }
    } finally {
      pooler.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private Process start(Path file) throws Exception {
    List<String> command = new ArrayList<>(List.of(PGBOUNCER.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(file.toString());
    File output = directory.resolve("pgbouncer.log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
