package dev.troupe.protocol.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void writeALog() throws IOException {
    log = directory.resolve("UserService-1.log");
    append(log, "2026-01-31 10:00:00.000 INFO  A - before\n");
  }

  @Test
  void onlyWhatIsAppendedIsRead() throws IOException {
    LogTail tail = tail(LogQuery.ALL);
    assertThat(tail.more()).isEmpty();

    append(log, "2026-01-31 10:00:01.000 WARN  A - first\n2026-01-31 10:00:02.000 INFO  A - half");
    assertThat(texts(tail)).containsExactly("first");

    append(log, " a line\n");
    assertThat(texts(tail)).containsExactly("half a line");
  }

  @Test
  void aFileThatIsNewOrTruncatedIsReadFromItsBeginning() throws IOException {
    LogTail tail = tail(LogQuery.ALL);

    append(directory.resolve("OrderService-1.log"), "2026-01-31 10:00:01.000 INFO  A - new\n");
    Files.writeString(log, "short\n");

    assertThat(texts(tail)).containsExactly("new", "short");
  }

  @Test
  void aRotatedFileIsFollowedByTheNextOne() throws IOException {
    LogTail tail = tail(LogQuery.ALL);

    Files.move(log, directory.resolve("UserService-1.2026-01-31.0.log.gz"));
    append(log, "2026-01-31 10:00:00.000 INFO  A - a longer line than all lines before\n");

    assertThat(texts(tail)).containsExactly("a longer line than all lines before");
  }

  @Test
  void theQueryHolds() throws IOException {
    LogTail tail = tail(LogQuery.ALL.of("UserService").containing("wanted"));

    append(log, "2026-01-31 10:00:01.000 WARN  A - wanted\n2026-01-31 10:00:02.000 INFO  A - no\n");
    append(directory.resolve("OrderService-1.log"), "2026-01-31 10:00:01.000 INFO  A - wanted\n");

    assertThat(texts(tail)).containsExactly("wanted");
  }

  @Test
  void aLineWithoutAnEndIsReadInPieces() throws IOException {
    LogTail tail = tail(LogQuery.ALL);

    append(log, "x".repeat(200_000));

    assertThat(tail.more()).hasSize(3).allSatisfy(line -> assertThat(line.text()).startsWith("x"));
  }

  @Test
  void linesFromBeforeArePast() throws IOException {
    LogLine line =
        new LogSearch(directory, ZoneOffset.UTC)
            .newest(LogQuery.ALL, 1, Duration.ofSeconds(10))
            .lines()
            .get(0);

    assertThat(tail(LogQuery.ALL).isPast(line)).isTrue();
  }

  private LogTail tail(LogQuery query) throws IOException {
    return new LogTail(directory, ZoneOffset.UTC, query);
  }

  private static List<String> texts(LogTail tail) throws IOException {
    return tail.more().stream().map(LogLine::text).toList();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
