package dev.troupe.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
  @TempDir private Path run;
  private Path file;
  private final List<Integer> read = new ArrayList<>();

  @BeforeEach
  void setUp() {
    file = run.resolve(Event.FILE);
  }

  @Test
  void rotatedFilesAreReadToo() throws IOException {
    JournalFile.write(run.resolve(Event.FILE + ".2"), JournalFile.event("a-1", 1));
    JournalFile.write(run.resolve(Event.FILE + ".1"), JournalFile.event("a-1", 2));
    JournalFile.write(file, JournalFile.event("a-1", 3));

    begin(10);

    assertThat(read).containsExactly(1, 2, 3);
  }

  @Test
  void theLastOnesOfOneSlotAreGiven() throws IOException {
    JournalFile.write(
        file,
        JournalFile.event("a-1", 1),
        JournalFile.event("a-1", 2),
        JournalFile.event("a-1", 3));
    JournalFile.write(file, JournalFile.event("b-1", 4));

    try (JournalReader journal = reader()) {
      journal.begin(2);

      assertThat(journal.slots()).containsExactly("a-1", "b-1");
    }
    assertThat(read).containsExactly(2, 3);
  }

  @Test
  void halfALineIsSkippedWhereverItIs() throws IOException {
    JournalFile.write(file, "{\"at\":\"20\n");
    JournalFile.write(file, JournalFile.event("a-1", 1));
    JournalFile.write(file, "{\"at\":\"20");

    begin(10);

    assertThat(read).containsExactly(1);
  }

  @Test
  void whatIsAddedIsGivenAlsoAfterARotation() throws IOException {
    JournalFile.write(file, JournalFile.event("a-1", 1));
    try (JournalReader journal = reader()) {
      journal.begin(0);
      JournalFile.write(file, JournalFile.event("a-1", 2), JournalFile.event("b-1", 9));
      journal.more();
      Files.move(file, run.resolve(Event.FILE + ".1"));
      JournalFile.write(file, JournalFile.event("a-1", 3));
      journal.more();
    }

    assertThat(read).containsExactly(2, 3);
  }

  private void begin(int count) throws IOException {
    try (JournalReader journal = reader()) {
      journal.begin(count);
    }
  }

  private JournalReader reader() {
    return new JournalReader(
        run, event -> "a-1".equals(event.slot()), entry -> read.add(entry.event().generation()));
  }
}
