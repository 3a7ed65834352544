package dev.troupe.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.deploy.DirectoryDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {
  @TempDir private Path directory;

  private long fingerprint() throws IOException {
    return FileTree.fingerprint(List.of(directory, directory.resolve("absent")));
  }

  @Test
  void everyChangeOfAFileIsSeen() throws IOException {
    long empty = fingerprint();
    Path file = Files.createDirectories(directory.resolve("a/b")).resolve("C.java");

    Files.writeString(file, "one");
    long added = fingerprint();
    Files.writeString(file, "three");
    long written = fingerprint();
    Files.move(file, file.resolveSibling("D.java"));
    long renamed = fingerprint();
    Files.delete(file.resolveSibling("D.java"));

    assertThat(List.of(empty, added, written, renamed)).doesNotHaveDuplicates();
    assertThat(fingerprint()).isEqualTo(empty);
  }

  @Test
  void copiesAndDeletesWhatIsBelowADirectory() throws IOException {
    Path from = Files.createDirectories(directory.resolve("from/x"));
    Files.writeString(from.resolve("a.sql"), "new");
    Path to = Files.createDirectories(directory.resolve("to/x"));
    Files.writeString(to.resolve("a.sql"), "old");

    FileTree.copy(directory.resolve("from"), directory.resolve("to"));
    FileTree.copy(directory.resolve("absent"), directory.resolve("to"));

    assertThat(to.resolve("a.sql")).hasContent("new");
    DirectoryDeletion.delete(directory.resolve("to"));
    assertThat(directory.resolve("to")).doesNotExist();
  }
}
