package dev.troupe.cli.dev;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Looks at and copies the files below a directory. */
final class FileTree {
  private FileTree() {}

  /**
   * A number that changes when a file below the directories is written, added, renamed or deleted.
   * A directory that does not exist is like an empty one.
   */
  static long fingerprint(List<Path> directories) throws IOException {
    long[] sum = {0};
    for (Path directory : directories) {
      if (Files.exists(directory)) {
        Files.walkFileTree(directory, adder(sum));
      }
    }
    return sum[0];
  }

  private static SimpleFileVisitor<Path> adder(long[] sum) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        long state = file.hashCode();
        state = state * 31 + attributes.lastModifiedTime().hashCode();
        state = state * 31 + attributes.size();
        // Each file is mixed by itself, so that the order of the walk does not matter.
        sum[0] += state * 0x9E3779B97F4A7C15L;
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path vanished, IOException failure) {
        return FileVisitResult.CONTINUE;
      }
    };
  }

  /** The files below the directory whose names end so, sorted; none if there is no directory. */
  static List<Path> files(Path directory, String ending) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  /** Copies the files below {@code from}, if it exists, over those below {@code to}. */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from, "")) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
