package dev.troupe.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Deletes directories with all that is in them. */
final class Directories {
  private Directories() {}

  static List<Path> in(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Deletes those directories in {@code parent} that are {@code unwanted}. */
  static void deleteIn(Path parent, Predicate<Path> unwanted) throws IOException {
    for (Path child : in(parent)) {
      if (unwanted.test(child)) {
        delete(child);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
