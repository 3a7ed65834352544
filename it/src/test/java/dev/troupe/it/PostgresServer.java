package dev.troupe.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL on a free port that can be killed and started again on the same data. */
final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres first;
  private final List<String> line = new ArrayList<>();
  private final File log;
  private ProcessHandle process;

  PostgresServer(Path directory) throws IOException {
    first =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("pg"))
            .setCleanDataDirectory(false)
            // Durable, as nobody would run it otherwise: the tests kill it.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    log = directory.resolve("pg.log").toFile();
    process = first.getProcess().toHandle();
    // As the library does: the server refuses to run as root.
    if (System.getProperty("user.name").equals("root")) {
      line.addAll(List.of("unshare", "-U"));
    }
    line.add(process.info().command().orElseThrow());
    line.addAll(List.of(process.info().arguments().orElseThrow()));
  }

  String url() {
    return first.getJdbcUrl("postgres", "postgres");
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
