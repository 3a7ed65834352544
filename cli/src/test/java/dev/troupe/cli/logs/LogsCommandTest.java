package dev.troupe.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LogsCommandTest {
  @TempDir private Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeLogs() throws IOException {
    Path logs = Files.createDirectories(home.resolve("run/logs"));
    Files.writeString(
        logs.resolve("A-1.log"),
        """
        2026-01-31 12:00:01.000 INFO  A - [request r-1] asked
        2026-01-31 12:00:03.000 WARN  A - [request r-2] late
        """);
    Files.writeString(
        logs.resolve("Bee-1.log"), "2026-01-31 12:00:02.000 ERROR B - [request r-1] broken\n");
  }

  private int logs(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--home", home.toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(new LogsCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void aRequestIsFollowedThroughAllSlots() {
    assertThat(logs("--request", "r-1")).isEqualTo(ExitCode.OK.code());

    assertThat(out.toString().lines())
        .containsExactly(
            "A-1   | 2026-01-31 12:00:01.000 INFO  A - [request r-1] asked",
            "Bee-1 | 2026-01-31 12:00:02.000 ERROR B - [request r-1] broken");
  }

  @Test
  void theNewestLinesAreChosenOverAllFiles() {
    assertThat(logs("--level", "WARN", "-n", "1", "--json")).isEqualTo(ExitCode.OK.code());

    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .contains(
            "\"slot\":\"A-1\",\"level\":\"WARN\",", "\"request\":\"r-2\",", "\"text\":\"late\"");
  }

  @Test
  void aSearchThatFindsNothingPrintsNothing() {
    assertThat(logs("--grep", "elsewhere")).isEqualTo(ExitCode.OK.code());

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatCannotBeSearchedForIsAUsageError() {
    assertThat(logs("--regex", "(")).isEqualTo(ExitCode.USAGE.code());
    assertThat(logs("--grep", "")).isEqualTo(ExitCode.USAGE.code());
    assertThat(logs("--since", "1h", "--until", "2h")).isEqualTo(ExitCode.USAGE.code());
    assertThat(logs("-f", "--until", "1h")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("Unclosed group", "--grep: ''", "--until 2h", "with -f");
  }
}
