package dev.troupe.seed.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.EventSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  private static final int ROTATED_AT = 1000;

  @TempDir private Path run;

  @Test
  void eachEventIsALineAndALaterSeedNodeGoesOn() throws IOException {
    file(1).append(event(1));
    file(1).append(event(2));

    assertThat(read(run.resolve(Event.FILE))).containsExactly(event(1), event(2));
  }

  @Test
  void aHalfWrittenLineSpoilsNoOther() throws IOException {
    file(1).append(event(1));
    Files.writeString(run.resolve(Event.FILE), "{\"at\":\"20", StandardOpenOption.APPEND);
    file(1).append(event(2));

    List<String> lines = Files.readAllLines(run.resolve(Event.FILE));
    assertThat(lines).hasSize(3);
    assertThat(Json.MAPPER.readValue(lines.get(2), Event.class)).isEqualTo(event(2));
  }

  @Test
  void theNewestAreKeptInAsManyFilesAsAllowed() throws IOException {
    int last = 100;
    for (int generation = 1; generation <= last; generation++) {
      file(2).append(event(generation));
    }

    assertThat(names()).containsExactly(Event.FILE, Event.FILE + ".1", Event.FILE + ".2");
    List<Event> kept = new ArrayList<>();
    for (String name : List.of(Event.FILE + ".2", Event.FILE + ".1", Event.FILE)) {
      assertThat(Files.size(run.resolve(name))).isLessThanOrEqualTo(ROTATED_AT);
      kept.addAll(read(run.resolve(name)));
    }
    assertThat(kept).hasSizeGreaterThan(10);
    assertThat(kept.get(kept.size() - 1)).isEqualTo(event(last));
    assertThat(kept)
        .extracting(Event::generation)
        .isSorted()
        .startsWith(last - kept.size() + 1)
        .doesNotHaveDuplicates();
  }

  @Test
  void fewerFilesThanBeforeAreKeptAfterTheSettingsSaidSo() throws IOException {
    for (String index : List.of("1", "2", "3", "4")) {
      Files.writeString(run.resolve(Event.FILE + "." + index), index);
    }
    Files.writeString(run.resolve(Event.FILE), " ".repeat(ROTATED_AT));

    file(2).append(event(1));

    assertThat(names()).containsExactly(Event.FILE, Event.FILE + ".1", Event.FILE + ".2");
    assertThat(run.resolve(Event.FILE + ".2")).hasContent("1");
  }

  @Test
  void withoutRotatedFilesItBeginsAnew() throws IOException {
    Files.writeString(run.resolve(Event.FILE), " ".repeat(ROTATED_AT));

    file(0).append(event(1));

    assertThat(names()).containsExactly(Event.FILE);
    assertThat(read(run.resolve(Event.FILE))).containsExactly(event(1));
  }

  private EventFile file(int files) {
    return new EventFile(run, new EventSettings(ROTATED_AT, files));
  }

  private static Event event(int generation) {
    return Event.of(Instant.EPOCH, "A-1", EventKind.LAUNCHED, generation, 7L);
  }

  private static List<Event> read(Path path) throws IOException {
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      events.add(Json.MAPPER.readValue(line, Event.class));
    }
    return events;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
