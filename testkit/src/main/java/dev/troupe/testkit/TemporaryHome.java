package dev.troupe.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** A home of a test, which is deleted when the test has ended. */
record TemporaryHome(Path path) implements AutoCloseable {
  static TemporaryHome create(String settings) {
    try {
      Path path = Files.createTempDirectory("troupe-test-").toRealPath();
      Files.writeString(path.resolve("application.conf"), settings);
      return new TemporaryHome(path);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for the test", e);
    }
  }

  /** Copies the files of a directory, if it exists, over those in {@code to}. */
  void copy(Path directory, Path to) throws IOException {
    Path from = path.resolve(directory);
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary directory of the test stays: " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    // A process that ends just now may delete its files itself.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
