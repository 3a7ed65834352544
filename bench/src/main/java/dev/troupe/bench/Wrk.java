package dev.troupe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Runs the load generator wrk with one thread.
 *
 * @param script makes the requests and prints the results
 * @param firstUser the lowest id of the users that requests name
 * @param users number of these users, whose ids have no gap
 */
record Wrk(Path script, long firstUser, int users) {
  private static final String RESULT = "RESULT ";

  static boolean isInstalled() {
    try {
      Process process = new ProcessBuilder("wrk", "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      process.waitFor();
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Each connection sends the next request as soon as it has the answer. */
  WrkResult run(String url, Workload traffic, int connections, int seconds) {
    return paced(url, traffic, connections, seconds, 0);
  }

  /** Each connection waits for {@code pauseMillis} before each request. */
  WrkResult paced(String url, Workload traffic, int connections, int seconds, long pauseMillis) {
    String output =
        output(
            List.of(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--timeout=10s",
                "--script=" + script,
                url,
                "--",
                traffic.name(),
                "t" + UUID.randomUUID().toString().substring(0, 8) + "-",
                Long.toString(firstUser),
                Integer.toString(users),
                Long.toString(pauseMillis)));
    return output
        .lines()
        .filter(line -> line.startsWith(RESULT))
        .map(line -> WrkResult.parse(line.substring(RESULT.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("wrk printed no result: " + output));
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
