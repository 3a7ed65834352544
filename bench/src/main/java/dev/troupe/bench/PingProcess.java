package dev.troupe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigUtil;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a {@link PingServer} in a process with the JVM options of a node. */
record PingProcess(Process process, String url) implements AutoCloseable {

  static PingProcess start(Path checkout, Path home) throws IOException {
    Process process =
        new ProcessBuilder(command(checkout, home))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String url =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (url == null) {
      throw new IllegalStateException("the bare Pekko HTTP server did not start");
    }
    return new PingProcess(process, url);
  }

  /** The same server as a program of a cluster. */
  static String asService(Path checkout, Path home) {
    return "troupe.services.Program { routes = [\"/program\"], command = [%s] }%n"
        .formatted(
            command(checkout, home).stream()
                .map(ConfigUtil::quoteString)
                .collect(Collectors.joining(", ")));
  }

  // The home of the server is not that of the cluster, whose processes are counted by their homes.
  private static List<String> command(Path checkout, Path home) {
    Path target = checkout.resolve("bench/target");
    return JavaCommand.of(
            new Distribution(target.resolve("lib")),
            home.resolve("ping"),
            "ping",
            PingServer.class.getName())
        .withJvmOptions(List.of("-Xmx128m", "-Dslf4j.internal.verbosity=ERROR"))
        .withMoreJars(List.of(target.resolve("classes")))
        .line();
  }

  Processes processes() {
    return new Processes(Map.of("server", process.pid()));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
