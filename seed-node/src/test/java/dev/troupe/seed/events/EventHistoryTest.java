package dev.troupe.seed.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.settings.EventSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventHistoryTest {
  @TempDir private Path run;

  private static Event event(int generation) {
    return Event.of(Instant.ofEpochSecond(generation), "A-1", EventKind.LAUNCHED, generation, 7L);
  }

  @Test
  void theNewestComeFromAllFilesTheOldestOfThemFirst() throws IOException {
    EventFile file = new EventFile(run, new EventSettings(300, 2));
    for (int i = 1; i <= 6; i++) {
      file.append(event(i));
    }
    assertThat(run.resolve(Event.FILE + ".1")).exists();

    assertThat(new EventHistory(run).last(event -> true, 3))
        .containsExactly(event(4), event(5), event(6));
    assertThat(new EventHistory(run).last(event -> event.generation() < 3, 1))
        .allSatisfy(event -> assertThat(event.generation()).isLessThan(3));
  }

  @Test
  void aLineThatIsCutOrGarbageIsLeftOut() throws IOException {
    EventFile file = new EventFile(run, new EventSettings(1 << 20, 1));
    file.append(event(1));
    Files.write(
        run.resolve(Event.FILE),
        "{\"at\":\"2026\n\u00ff\u00fe\n{}\nnull\n".getBytes(ISO_8859_1),
        StandardOpenOption.APPEND);
    file.append(event(2));

    assertThat(new EventHistory(run).last(event -> true, 10)).contains(event(1), event(2));
  }

  @Test
  void withoutAJournalThereIsNothing() throws IOException {
    assertThat(new EventHistory(run).last(event -> true, 10)).isEmpty();
  }
}
