package dev.troupe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a {@link PingServer} in a process with the JVM options of a node. */
record PingProcess(Process process, String url) implements AutoCloseable {

  static PingProcess start(Path checkout, Path home) throws IOException {
    Path target = checkout.resolve("bench/target");
    List<String> command =
        JavaCommand.of(
                new Distribution(target.resolve("lib")), home, "ping", PingServer.class.getName())
            .withJvmOptions(List.of("-Xmx128m", "-Dslf4j.internal.verbosity=ERROR"))
            .withMoreJars(List.of(target.resolve("classes")))
            .line();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String url =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (url == null) {
      throw new IllegalStateException("the bare Pekko HTTP server did not start");
    }
    return new PingProcess(process, url);
  }

  Processes processes() {
    return new Processes(Map.of("server", process.pid()));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
