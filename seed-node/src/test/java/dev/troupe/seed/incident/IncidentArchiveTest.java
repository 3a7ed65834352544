package dev.troupe.seed.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.seed.events.EventHistory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncidentArchiveTest {
  private static final Instant END = Instant.parse("2026-01-02T10:00:00Z");

  @TempDir private Path run;
  private Path logs;

  @BeforeEach
  void makeDirectory() throws IOException {
    logs = Files.createDirectories(run.resolve("logs"));
  }

  private IncidentArchive archive() {
    return new IncidentArchive(
        logs,
        new EventHistory(run),
        ZoneOffset.UTC,
        (from, until) -> List.of(from + " to " + until));
  }

  private static IncidentArchive.Incident incident() {
    return new IncidentArchive.Incident(
        "A-1",
        END.minusSeconds(60),
        END.plusSeconds(60),
        List.of("A-1 was killed."),
        new ClusterStatus(null, List.of()));
  }

  private Map<String, String> written() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    archive().write(incident(), zip);
    return entries(new ByteArrayInputStream(zip.toByteArray()));
  }

  private static Map<String, String> entries(InputStream archive) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return entries;
  }

  private static String line(String time, String text) {
    return "2026-01-02 %s.000 INFO  Main - %s%n".formatted(time, text);
  }

  @Test
  void theLinesOfAllSlotsInItsTimeAreMerged() throws IOException {
    Files.writeString(
        logs.resolve("A-1.log"),
        line("09:58:59", "before") + line("09:59:30", "first") + line("10:01:01", "after"));
    Files.writeString(logs.resolve("B-1.log"), line("09:59:40", "second"));

    assertThat(written().get("log.txt").lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("A-1 ")
        .endsWith("first");
  }

  @Test
  void theLoadOfItsTimeIsInIt() throws IOException {
    assertThat(written().get("metrics.csv"))
        .isEqualTo(END.minusSeconds(60) + " to " + END.plusSeconds(60) + "\n");
  }

  @Test
  void theEventsOfItsTimeAreThose() throws IOException {
    Files.write(
        run.resolve(Event.FILE),
        Stream.of(-61, -60, 59, 60)
            .map(seconds -> Event.of(END.plusSeconds(seconds), "B-1", EventKind.EXITED, 1, 7L))
            .map(event -> new String(Json.write(event), UTF_8))
            .toList());

    assertThat(written().get("events.jsonl").lines())
        .hasSize(2)
        .allMatch(event -> event.contains("\"exited\""));
  }

  @Test
  void dumpsAndCrashesOfTheSlotAreInItAndNoLogTwice() throws IOException {
    Files.writeString(logs.resolve("A-1.log"), line("10:00:00", "x"));
    Files.writeString(logs.resolve("A-1.out"), "Full thread dump");
    Files.writeString(logs.resolve(JavaCommand.errorFile("A-1", "77")), "SIGSEGV");
    Files.writeString(logs.resolve("B-1.out"), "another slot's");

    Map<String, String> entries = written();

    assertThat(entries)
        .containsOnlyKeys(
            "README.txt",
            "events.jsonl",
            "files/A-1.out",
            "files/" + JavaCommand.errorFile("A-1", "77"),
            "log.txt",
            "metrics.csv",
            "status.json",
            "why.txt");
    assertThat(entries.get("why.txt")).isEqualTo("A-1 was killed.\n");
    assertThat(entries.get("files/A-1.out")).isEqualTo("Full thread dump");
  }

  @Test
  void ofALargeFileTheEndIsKeptAndTheReaderIsTold() throws IOException {
    byte[] large = new byte[9 << 20];
    large[large.length - 1] = 'z';
    Files.write(logs.resolve("A-1.out"), large);

    Map<String, String> entries = written();

    assertThat(entries.get("files/A-1.out")).hasSize(8 << 20).endsWith("z");
    assertThat(entries.get("README.txt")).contains("files/A-1.out has the last 8 MiB");
  }

  @Test
  void theFileOnTheDiskIsGoneOnceItIsOpen() throws IOException {
    try (InputStream zip = archive().open(incident(), run)) {
      assertThat(run.toFile().list()).containsExactly("logs");
      assertThat(entries(zip)).containsKey("README.txt");
    }
  }
}
