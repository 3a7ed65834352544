package dev.troupe.cli.project;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a new project. It appears with all its files, or not at all. */
final class NewProject {
  private final Path directory;

  /** Writes the files of a project. */
  interface Content {
    void writeTo(Path directory) throws IOException;
  }

  private NewProject(Path directory) {
    this.directory = directory;
  }

  /**
   * @throws CommandException when a project cannot be at this place; nothing was written
   */
  static NewProject at(Path given) {
    Path directory = given.toAbsolutePath().normalize();
    if (directory.toString().indexOf(':') >= 0) {
      throw refused(
          directory, "a path without a colon, which a Java class path cannot have in a path");
    }
    if (Files.exists(directory) && !isEmptyDirectory(directory)) {
      throw refused(
          directory, "a path that does not exist or is an empty directory; nothing is overwritten");
    }
    return new NewProject(directory);
  }

  private static CommandException refused(Path directory, String expected) {
    return new CommandException(
        ExitCode.USAGE, "%s cannot be made (expected: %s)".formatted(directory, expected));
  }

  private static boolean isEmptyDirectory(Path path) {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "%s cannot be read: %s".formatted(path, e));
    }
  }

  Path directory() {
    return directory;
  }

  /**
   * Writes the content into a directory with another name, and then renames that one.
   *
   * @throws IOException when the project could not be made; nothing is left of it
   */
  void make(Content content) throws IOException {
    Path top = topmostMissing();
    Path unfinished =
        Files.createDirectory(top.resolveSibling(".troupe-new-" + ProcessHandle.current().pid()));
    try {
      content.writeTo(Files.createDirectories(unfinished.resolve(top.relativize(directory))));
      Files.move(unfinished, top, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      deleteTree(unfinished);
      throw e;
    }
  }

  /** The project's directory, or the highest directory above it that does not exist. */
  private Path topmostMissing() {
    Path top = directory;
    for (Path parent = top.getParent();
        parent != null && !Files.exists(parent);
        parent = parent.getParent()) {
      top = parent;
    }
    return top;
  }

  private static void deleteTree(Path top) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(top)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
