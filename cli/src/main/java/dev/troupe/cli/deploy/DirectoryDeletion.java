package dev.troupe.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes directories with all that is in them. */
public final class DirectoryDeletion {
  private DirectoryDeletion() {}

  /** Does nothing if there is no such directory. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes the directories whose names begin so, which a command that was killed has left. */
  static void unfinished(Path parent, String prefix) throws IOException {
    List<Path> found;
    try (Stream<Path> children = Files.list(parent)) {
      found = children.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
    for (Path directory : found) {
      delete(directory);
    }
  }
}
