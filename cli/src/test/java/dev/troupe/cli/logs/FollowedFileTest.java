package dev.troupe.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
  @TempDir private Path directory;
  private final List<String> lines = new ArrayList<>();
  private Path path = Path.of("");
  private FollowedFile file = new FollowedFile(path, lines::add);

  @BeforeEach
  void open() {
    path = directory.resolve("a-1.log");
    file = new FollowedFile(path, lines::add);
  }

  @AfterEach
  void close() throws IOException {
    file.close();
  }

  @Test
  void itBeginsWithTheLastLinesAndGoesOnWithWhatIsAdded() throws IOException {
    append("a\nb\n");
    file.begin(1);
    append("c\nd");
    file.more();

    assertThat(lines).containsExactly("b", "c");
  }

  @Test
  void aLineThatIsVeryLongIsCutWithAMarkAndTheNextOneIsWhole() throws IOException {
    append("x".repeat(FollowedFile.LONGEST_LINE + 1000) + "\nnext\n");
    file.begin(10);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .hasSizeLessThan(FollowedFile.LONGEST_LINE + 100)
        .endsWith("x… (1000 bytes more)");
    assertThat(lines.get(1)).isEqualTo("next");
  }

  @Test
  void aLineWrittenInPiecesIsGivenOnceItIsComplete() throws IOException {
    file.begin(10);
    append("one ");
    file.more();
    assertThat(lines).isEmpty();

    append("line\n");
    file.more();
    assertThat(lines).containsExactly("one line");
  }

  @Test
  void whatFollowsARotationIsReadFromTheNewFile() throws IOException {
    append("a\n");
    file.begin(10);
    append("last of the old\n");
    Files.move(path, directory.resolve("a-1.log.1"));
    append("first of the new\n");
    file.more();

    assertThat(lines).containsExactly("a", "last of the old", "first of the new");
  }

  @Test
  void aTruncatedFileIsReadFromItsStart() throws IOException {
    append("a long line\n");
    file.begin(10);
    Files.writeString(path, "short\n");
    file.more();

    assertThat(lines).containsExactly("a long line", "short");
  }

  @Test
  void aFileThatAppearsLaterIsReadWhole() throws IOException {
    file.begin(10);
    append("a\nb\n");
    file.more();

    assertThat(lines).containsExactly("a", "b");
  }

  private void append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
