package dev.troupe.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and keeps what it printed. */
record Command(int exitCode, String output) {
  private static final int LONGEST_SECONDS = 300;

  static Path troupe() {
    return Path.of(System.getProperty("troupe.checkout"), "bin", "troupe");
  }

  /** Runs {@code bin/troupe} for the cluster in {@code home}. */
  static Command troupe(Path home, Map<String, String> environment, String... arguments) {
    List<String> line = new ArrayList<>(List.of(troupe().toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    return run(line, environment);
  }

  static Command run(List<String> line, Map<String, String> environment) {
    try {
      ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> outputOf(process));
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(line + " did not end; it printed: " + output.join());
      }
      return new Command(process.exitValue(), output.join());
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + line, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String outputOf(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
