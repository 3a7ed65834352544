package dev.troupe.protocol.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.settings.LogLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSearchTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path logs;

  private void log(String name, String... lines) throws IOException {
    byte[] content = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    if (!name.endsWith(".gz")) {
      Files.write(logs.resolve(name), content);
      return;
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(logs.resolve(name)))) {
      out.write(content);
    }
  }

  private static String line(int second, String level, String rest) {
    return "2026-01-31 12:%02d:%02d.000 %-5s A - %s"
        .formatted(second / 60, second % 60, level, rest);
  }

  private List<LogLine> all(LogQuery query) throws IOException {
    List<LogLine> found = new ArrayList<>();
    new LogSearch(logs, ZoneOffset.UTC).each(query, found::add);
    List<LogLine> newest = newest(query, 1_000_000);
    assertThat(newest).isEqualTo(found);
    return found;
  }

  private List<LogLine> newest(LogQuery query, int limit) throws IOException {
    return new LogSearch(logs, ZoneOffset.UTC).newest(query, limit, LONG).lines();
  }

  private List<String> texts(LogQuery query) throws IOException {
    return all(query).stream().map(LogLine::text).toList();
  }

  @Test
  void linesOfAllSlotsAndOfRotatedFilesAreMergedByTime() throws IOException {
    log("A-1.2026-01-31.0.log.gz", line(1, "INFO", "a1"), line(3, "INFO", "a3"));
    log("A-1.2026-01-31.1.log.gz", line(4, "INFO", "a4"));
    log("A-1.log", line(7, "INFO", "a7"));
    log("B-1.log", line(2, "INFO", "b2"), line(5, "INFO", "b5"), line(8, "INFO", "b8"));

    assertThat(texts(LogQuery.ALL)).containsExactly("a1", "b2", "a3", "a4", "b5", "a7", "b8");
    assertThat(newest(LogQuery.ALL, 3)).extracting(LogLine::text).containsExactly("b5", "a7", "b8");
    assertThat(newest(LogQuery.ALL.of("A-1"), 2))
        .extracting(LogLine::text)
        .containsExactly("a4", "a7");
  }

  @Test
  void aLineHasItsParts() throws IOException {
    log("A-1.log", line(1, "WARN", "[request r-1] [trace 4bf9] it is [late]"));

    assertThat(all(LogQuery.ALL))
        .containsExactly(
            new LogLine(
                Instant.parse("2026-01-31T12:00:01Z"),
                "A-1",
                "WARN",
                "A",
                "r-1",
                "4bf9",
                "it is [late]",
                "A-1.log",
                0,
                true));
    assertThat(all(LogQuery.ALL).get(0).shown(ZoneOffset.UTC))
        .isEqualTo(line(1, "WARN", "[request r-1] [trace 4bf9] it is [late]"));
  }

  @Test
  void aStackTraceBelongsToItsEvent() throws IOException {
    log(
        "A-1.log",
        line(1, "INFO", "good"),
        line(2, "ERROR", "[request r-2] bad"),
        "java.lang.IllegalStateException: x",
        "\tat a.B.c(B.java:1)",
        line(3, "INFO", "good again"));

    assertThat(texts(LogQuery.ALL.atLeast(LogLevel.WARN)))
        .containsExactly("bad", "java.lang.IllegalStateException: x", "\tat a.B.c(B.java:1)");
    assertThat(texts(LogQuery.ALL.ofRequest("r-2"))).hasSize(3);
    assertThat(all(LogQuery.ALL.containing("IllegalState")))
        .singleElement()
        .matches(line -> "ERROR".equals(line.level()) && "r-2".equals(line.request()))
        .matches(line -> !line.first());
  }

  @Test
  void textLevelTimeAndRequestHaveToFitTogether() throws IOException {
    log(
        "A-1.log",
        line(1, "WARN", "[request r-1] late"),
        line(2, "WARN", "[request r-10] late"),
        line(3, "INFO", "[request r-1] late"),
        line(4, "WARN", "[request r-1] early, says r-1"),
        line(5, "WARN", "r-1 late"));

    LogQuery query = LogQuery.ALL.containing("late").atLeast(LogLevel.WARN).ofRequest("r-1");
    assertThat(all(query)).extracting(LogLine::offset).containsExactly(0L);
    assertThat(texts(LogQuery.ALL.from(Instant.parse("2026-01-31T12:00:04Z")))).hasSize(2);
    assertThat(texts(LogQuery.ALL.before(Instant.parse("2026-01-31T12:00:02Z")))).hasSize(1);
  }

  @Test
  void linesOfTheJsonFormatAreReadToo() throws IOException {
    log(
        "A-1.log",
        "{\"at\":\"2026-01-31T12:00:01.500Z\",\"level\":\"ERROR\",\"slot\":\"A-1\",\"logger\":\"x.A\","
            + "\"request\":\"r-1\",\"trace\":\"t\",\"message\":\"say \\\"hi\\\"\","
            + "\"exception\":\"a.E: b\\n\\tat c\\n\"}",
        "{\"at\":\"2026-01-31T12:00:02.000Z\",\"level\":\"INFO\",\"message\":\"b",
        line(3, "INFO", "as text"));

    assertThat(all(LogQuery.ALL.containing("say \"hi\"")))
        .singleElement()
        .matches(line -> line.text().equals("say \"hi\"\na.E: b\n\tat c"))
        .matches(
            line -> line.shown(ZoneOffset.UTC).startsWith("2026-01-31 12:00:01.500 ERROR A -"));
    assertThat(texts(LogQuery.ALL.containing("logger"))).isEmpty();
    assertThat(texts(LogQuery.ALL)).hasSize(3);
    assertThat(texts(LogQuery.ALL.ofRequest("r-1"))).hasSize(1);
  }

  @Test
  void outputWithoutTimesHasTheTimeOfTheFile() throws IOException {
    log("A-1.out", "Killed", "java.lang.OutOfMemoryError");
    log("A-1.log", line(1, "INFO", "before"), line(59, "INFO", "after"));
    Files.setLastModifiedTime(
        logs.resolve("A-1.out"), FileTime.from(Instant.parse("2026-01-31T12:00:30Z")));

    assertThat(texts(LogQuery.ALL))
        .containsExactly("before", "Killed", "java.lang.OutOfMemoryError", "after");
  }

  @Test
  void anExpressionIsSearchedFor() throws IOException {
    log("A-1.log", line(1, "INFO", "took 17 ms"), line(2, "INFO", "took long"));

    assertThat(texts(LogQuery.ALL.matching("took \\d+ ms$"))).containsExactly("took 17 ms");
  }

  @Test
  void anExpressionThatBacktracksForEverIsRefused() throws IOException {
    log("A-1.log", line(1, "INFO", "a".repeat(50_000)));

    for (String endless : List.of("(a+)+b", "(a|aa)+$b", "(.*)*x{3}y", "(a|b)*c")) {
      assertThatThrownBy(() -> newest(LogQuery.ALL.matching(endless), 1))
          .isInstanceOf(ExpensiveExpressionException.class)
          .hasMessageContaining(endless);
    }
    for (String refused : List.of("(", "((){9999}){9999}", "a".repeat(1001))) {
      assertThatThrownBy(() -> LogQuery.ALL.matching(refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expression");
    }
  }

  @Test
  void binaryGarbageAndLinesWithoutEndDoNoHarm() throws IOException {
    byte[] garbage = new byte[3 << 20];
    new Random(7).nextBytes(garbage);
    Files.write(logs.resolve("A-1.out"), garbage);
    byte[] endless = new byte[10 << 20];
    Arrays.fill(endless, (byte) 'x');
    Files.write(logs.resolve("B-1.log"), endless);
    log("C-1.log", line(1, "INFO", "found"));
    Files.writeString(logs.resolve("D-1.2026-01-31.0.log.gz"), "no gzip");
    Files.write(logs.resolve("E-1.log"), new byte[0]);

    assertThat(texts(LogQuery.ALL.containing("found"))).containsExactly("found");
    assertThat(all(LogQuery.ALL)).allMatch(line -> line.text().length() <= 65 * 1024);
    assertThat(all(LogQuery.ALL.of("B-1"))).hasSize(1);
  }

  @Test
  void noLineIsLostOrFoundTwiceWherePiecesMeet() throws IOException {
    Random random = new Random(3);
    List<String> expected = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      int length = random.nextInt(40) == 0 ? random.nextInt(100_000) : random.nextInt(2000);
      lines.add(line(i, i % 3 == 0 ? "WARN" : "INFO", "number " + i + " " + "y".repeat(length)));
      expected.add("number " + i + " ");
      if (random.nextInt(5) == 0) {
        lines.add("  continues number " + i);
        expected.add("  continues ");
      }
    }
    log("A-1.log", lines.toArray(String[]::new));
    log("B-1.2026-01-31.0.log.gz", lines.toArray(String[]::new));

    for (String slot : List.of("A-1", "B-1")) {
      List<LogLine> found = all(LogQuery.ALL.of(slot).containing("number "));
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).text()).startsWith(expected.get(i));
      }
      assertThat(all(LogQuery.ALL.of(slot).atLeast(LogLevel.WARN)))
          .hasSize((int) lines.stream().filter(line -> wanted(line)).count());
    }
  }

  private static boolean wanted(String line) {
    return line.contains(" WARN ")
        || (line.startsWith("  ")
            && Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)) % 3 == 0);
  }

  @Test
  void moreLinesThanTheLimitAreReported() throws IOException {
    log("A-1.log", line(1, "INFO", "a"), line(2, "INFO", "b"));
    LogSearch search = new LogSearch(logs, ZoneOffset.UTC);

    assertThat(search.newest(LogQuery.ALL, 1, LONG).truncated()).isTrue();
    assertThat(search.newest(LogQuery.ALL, 2, LONG).truncated()).isFalse();
    assertThat(search.newest(LogQuery.ALL, 2, Duration.ZERO).truncated()).isTrue();
  }

  @Test
  void aSearchInNoFilesFindsNothing() throws IOException {
    assertThat(new LogSearch(logs.resolve("none"), ZoneOffset.UTC).newest(LogQuery.ALL, 5, LONG))
        .isEqualTo(new LogSearch.Found(List.of(), false));
  }
}
