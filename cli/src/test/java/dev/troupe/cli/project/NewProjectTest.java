package dev.troupe.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewProjectTest {
  @TempDir private Path parent;

  @Test
  void aProjectAppearsWithTheDirectoriesAboveIt() throws IOException {
    NewProject.at(parent.resolve("a/b/stock")).make(NewProjectTest::writePom);

    assertThat(parent.resolve("a/b/stock/pom.xml")).hasContent("<project/>");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void anEmptyDirectoryBecomesTheProject() throws IOException {
    Path directory = Files.createDirectory(parent.resolve("stock"));

    NewProject.at(directory).make(NewProjectTest::writePom);

    assertThat(directory.resolve("pom.xml")).hasContent("<project/>");
    assertThat(names()).containsExactly("stock");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path directory = Files.createDirectory(parent.resolve("stock"));
    Files.writeString(directory.resolve("pom.xml"), "mine");
    Path file = Files.writeString(parent.resolve("file"), "mine");

    assertThatThrownBy(() -> NewProject.at(directory))
        .isInstanceOf(CommandException.class)
        .hasMessageContainingAll(directory.toString(), "nothing is overwritten");
    assertThatThrownBy(() -> NewProject.at(file)).isInstanceOf(CommandException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void ofAProjectThatFailsNothingIsLeft() {
    NewProject project = NewProject.at(parent.resolve("a/stock"));

    assertThatThrownBy(
            () ->
                project.make(
                    directory -> {
                      writePom(directory);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(names()).isEmpty();
  }

  @Test
  void aFileThatWasPutIntoThePlaceMeanwhileStays() {
    Path directory = parent.resolve("stock");
    NewProject project = NewProject.at(directory);

    assertThatThrownBy(
            () ->
                project.make(
                    unfinished -> {
                      writePom(unfinished);
                      Files.createDirectory(directory);
                      Files.writeString(directory.resolve("pom.xml"), "mine");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(directory.resolve("pom.xml")).hasContent("mine");
    assertThat(names()).containsExactly("stock");
  }

  @Test
  void aPathThatNoClassPathCanNameIsRefused() {
    assertThatThrownBy(() -> NewProject.at(parent.resolve("a:b")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("without a colon");
  }

  private static void writePom(Path directory) throws IOException {
    Files.writeString(directory.resolve("pom.xml"), "<project/>");
  }

  private Stream<String> names() {
    String[] files = parent.toFile().list();
    return Stream.of(files == null ? new String[0] : files);
  }
}
