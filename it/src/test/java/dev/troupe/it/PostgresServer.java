package dev.troupe.it;

import dev.troupe.protocol.process.ProcessInfo;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL on a free port that can be killed and started again on the same data. */
final class PostgresServer implements AutoCloseable {
  private final Path data;
  private final EmbeddedPostgres first;
  private final List<String> line = new ArrayList<>();
  private final File log;
  private ProcessHandle process;

  PostgresServer(Path directory) throws IOException {
    data = directory.resolve("pg");
    first =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            // Durable, as nobody would run it otherwise: the tests kill it.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    log = directory.resolve("pg.log").toFile();
    process = ProcessHandle.of(pid(data)).orElseThrow();
    // As the library does: the server refuses to run as root.
    if (System.getProperty("user.name").equals("root")) {
      line.addAll(List.of("unshare", "-U"));
    }
    // Not from its ProcessHandle, which tells nothing of what runs in a namespace of its own.
    line.addAll(ProcessInfo.arguments(process));
  }

  // What the library calls its process is pg_ctl, which has ended.
  private static long pid(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  String url() {
    return first.getJdbcUrl("postgres", "postgres");
  }

  /** Its address without a user. */
  String place() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(first.getPort());
  }

  /** As an administrator would, whom the server knows without a password. */
  void administer(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** From its next start on {@code role} must give its password. */
  void askForThePasswordOf(String role) throws IOException {
    Path rules = data.resolve("pg_hba.conf");
    Files.writeString(
        rules,
        "host all %s 127.0.0.1/32 scram-sha-256%n%s".formatted(role, Files.readString(rules)));
  }

  /** As kill -9 does, to the server alone: its workers see that it is gone. */
  void kill() {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroyForcibly();
    process.onExit().join();
    workers.forEach(worker -> worker.onExit().join());
  }

  void startAgain() throws IOException {
    process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log))
            .start()
            .toHandle();
  }

  @Override
  public void close() throws IOException {
    kill();
    first.close();
  }
}
