package dev.troupe.seed.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  private static final long WALL = 1_800_000_000_000L;

  @TempDir private Path run;

  private byte[] saved() throws IOException {
    TickClock clock = new TickClock(0, WALL, 0);
    ClusterHistory history = new ClusterHistory(10);
    history.add("A-1", "A", clock.tick(0), ClusterHistoryTest.sample(0.5, 0, 50));
    new HistoryFile(run).write(history, clock);
    return Files.readAllBytes(run.resolve(HistoryFile.NAME));
  }

  private HistoryFile.Saved read(long wall) {
    return new HistoryFile(run).read(10, wall, 0);
  }

  private boolean isEmpty() {
    return read(WALL).history().newest() == Long.MIN_VALUE;
  }

  @Test
  void whatIsSavedIsThereAgainAtItsTime() throws IOException {
    saved();
    HistoryFile.Saved read = read(WALL + 10_000);
    HistorySeries series =
        read.history()
            .ofSlot("A-1", HistoryRange.MINUTES, read.clock(), read.clock().tick(0))
            .orElseThrow();

    assertThat(series.requestsPerSecond()).endsWith(10.0, null, null);
    assertThat(read.clock().millis(read.history().newest())).isEqualTo(WALL);
  }

  @Test
  void withoutAFileTheHistoryIsEmpty() {
    assertThat(isEmpty()).isTrue();
  }

  @Test
  void aFileThatWasCutOffAnywhereIsIgnored() throws IOException {
    byte[] whole = saved();
    for (int length = 0; length < whole.length; length++) {
      Files.write(run.resolve(HistoryFile.NAME), Arrays.copyOf(whole, length));
      assertThat(isEmpty()).as("the first %d of %d bytes", length, whole.length).isTrue();
    }
  }

  @Test
  void aByteThatChangedInTheFileIsNoticed() throws IOException {
    byte[] whole = saved();
    // The first ten bytes are the header of gzip, of which some say nothing.
    for (int i = 10; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x41;
      Files.write(run.resolve(HistoryFile.NAME), damaged);
      assertThat(isEmpty()).as("the byte %d", i).isTrue();
    }
  }

  @Test
  void aForeignFileIsIgnoredAndReplaced() throws IOException {
    Files.writeString(run.resolve(HistoryFile.NAME), "somebody's notes");
    assertThat(isEmpty()).isTrue();

    saved();
    assertThat(isEmpty()).isFalse();
  }

  @Test
  void aFileThatCannotBeWrittenLosesNothingElse() throws IOException {
    byte[] whole = saved();
    Path missing = run.resolve("missing");
    new HistoryFile(missing).write(new ClusterHistory(1), new TickClock(0, WALL, 0));

    assertThat(missing).doesNotExist();
    assertThat(Files.readAllBytes(run.resolve(HistoryFile.NAME))).isEqualTo(whole);
  }
}
