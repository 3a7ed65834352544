package dev.troupe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code bin/troupe} for the cluster of a test. */
final class ClusterCommands {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final TroupeInstallation installation;
  private final Path home;

  ClusterCommands(TroupeInstallation installation, Path home) {
    this.installation = installation;
    this.home = home;
  }

  /**
   * Starts the cluster, and returns when all slots run.
   *
   * @throws AssertionError when one does not, with all that was printed
   */
  void up() {
    run("up", "-d");
  }

  void down() {
    run("down");
  }

  private void run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(installation.script().toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    Path output = home.resolve("troupe-" + arguments[0] + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("GATEWAY_PORT", "0");
    // A test uses what is built; it is no place for a build of minutes.
    builder.environment().put("TROUPE_NO_BUILD", "1");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(failed(line, "did not end in " + PATIENCE, output));
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(failed(line, "failed (" + process.exitValue() + ")", output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + String.join(" ", line), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + String.join(" ", line) + " ran", e);
    }
  }

  private static String failed(List<String> line, String how, Path output) throws IOException {
    return "%s %s. It printed:%n%s"
        .formatted(String.join(" ", line), how, Files.readString(output, UTF_8));
  }
}
