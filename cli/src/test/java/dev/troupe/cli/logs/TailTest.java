package dev.troupe.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
  @TempDir private Path directory;

  @Test
  void theLastLinesAreGivenWithOrWithoutAFinalBreak() throws IOException {
    assertThat(Tail.lastLines(file("a\nb\nc\n"), 2)).containsExactly("b", "c");
    assertThat(Tail.lastLines(file("a\nb\nc"), 2)).containsExactly("b", "c");
    assertThat(Tail.lastLines(file("a\n\n"), 2)).containsExactly("a", "");
  }

  @Test
  void aShortFileIsGivenWhole() throws IOException {
    assertThat(Tail.lastLines(file("a\nb\n"), 50)).containsExactly("a", "b");
    assertThat(Tail.lastLines(file(""), 50)).isEmpty();
  }

  @Test
  void noLinesAreGivenIfNoneAreWanted() throws IOException {
    assertThat(Tail.lastLines(file("a\nb\n"), 0)).isEmpty();
  }

  @Test
  void aLongFileIsReadFromItsEnd() throws IOException {
    List<String> lines = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
    Path file = directory.resolve("long");
    Files.write(file, lines);

    assertThat(Tail.lastLines(file, 5_000)).isEqualTo(lines.subList(15_000, 20_000));
  }

  @Test
  void whatWasThereBeforeIsLeftOut() throws IOException {
    assertThat(Tail.lastLines(file("old\nnew\n"), 4, 50)).containsExactly("new");
  }

  @Test
  void aFileThatIsNotThereHasNoLines() {
    assertThat(Tail.lastLines(directory.resolve("absent"), 50)).isEmpty();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("file"), content);
  }
}
