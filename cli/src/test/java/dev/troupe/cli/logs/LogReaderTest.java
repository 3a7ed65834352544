package dev.troupe.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.logs.LogFiles;
import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.settings.LogLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  @TempDir private Path directory;
  private final StringWriter written = new StringWriter();

  @Test
  void filesComeOneAfterTheOtherWithTheirSlotBeforeEachLine() throws IOException {
    write("UserService-1.log", "a\nb\n");
    write("UserService-1.out", "crash\n");
    write("seed-1.log", "c\n");

    try (LogReader reader = reader(true)) {
      reader.begin(10);
    }

    assertThat(written.toString().lines())
        .containsExactly(
            "UserService-1 | a", "UserService-1 | b", "UserService-1 | crash", "seed-1        | c");
  }

  @Test
  void rotatedAndOtherFilesAreLeftOut() throws IOException {
    write("a-1.log.1", "old\n");
    write("a-1.1.log", "old\n");
    write("a-1.log.gz", "old\n");
    write("hs_err_a-1_7.log", "crash\n");
    write("launcher.out", "launcher\n");

    try (LogReader reader = reader(false)) {
      reader.begin(10);
    }

    assertThat(written.toString().lines()).containsExactly("launcher");
  }

  @Test
  void aSlotThatIsLaunchedLaterIsFollowedToo() throws IOException {
    write("a-1.log", "a\n");
    try (LogReader reader = reader(true)) {
      reader.begin(10);
      write("b-1.log", "b\n");
      write("a-1.log", "more\n");

      assertThat(reader.more()).isTrue();
    }

    assertThat(written.toString().lines()).containsExactly("a-1 | a", "a-1 | more", "b-1 | b");
  }

  @Test
  void aServiceMeansAllItsSlots() {
    LogFiles.LogFile file = new LogFiles.LogFile("UserService-2", Path.of("x"), false, true, "", 0);

    assertThat(file.isOf("UserService")).isTrue();
    assertThat(file.isOf("UserService-2")).isTrue();
    assertThat(file.isOf("UserService-1")).isFalse();
    assertThat(file.isOf("User")).isFalse();
  }

  @Test
  void onlyAddedLinesThatAreAskedForArePrinted() throws IOException {
    write("a-1.log", "2026-01-31 12:00:00.000 WARN  A - old\n");
    try (LogReader reader = reader(false, LogQuery.ALL.atLeast(LogLevel.WARN))) {
      reader.begin(0);
      write("a-1.log", "2026-01-31 12:00:01.000 INFO  A - fine\n");
      write("a-1.log", "2026-01-31 12:00:02.000 WARN  A - bad\n\tat a.B\n");
      reader.more();
    }

    assertThat(written.toString().lines())
        .containsExactly("2026-01-31 12:00:02.000 WARN  A - bad", "\tat a.B");
  }

  @Test
  void aLineOfJsonIsPrintedForPeople() throws IOException {
    write(
        "a-1.log",
        "{\"at\":\"2026-01-31T12:00:00.000Z\",\"level\":\"WARN\",\"logger\":\"x.A\",\"message\":\"m\","
            + "\"exception\":\"e\\n\\tat b\"}\n");
    try (LogReader reader = reader(true)) {
      reader.begin(5);
    }

    assertThat(written.toString().lines())
        .containsExactly("a-1 | 2026-01-31 12:00:00.000 WARN  A - m", "a-1 | e", "a-1 | \tat b");
  }

  private LogReader reader(boolean prefixed) {
    return reader(prefixed, LogQuery.ALL);
  }

  private LogReader reader(boolean prefixed, LogQuery query) {
    PrintWriter out = new PrintWriter(written);
    LogFiles files = new LogFiles(directory);
    int width = files.current().stream().mapToInt(file -> file.slot().length()).max().orElse(1);
    LogPrinter printer = LogPrinter.text(out, ZoneOffset.UTC, prefixed ? width : 0);
    return new LogReader(files, query, ZoneOffset.UTC, printer, out);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(
        directory.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
