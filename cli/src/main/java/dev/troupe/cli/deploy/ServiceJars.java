package dev.troupe.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.launch.Distribution;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Copies of the jars in {@code services}, one directory for each set of jars, so that a running
 * service keeps its jars when somebody replaces those in {@code services}.
 */
public final class ServiceJars {
  private final Path home;
  private final Path copies;

  public ServiceJars(Path home) {
    this.home = home;
    this.copies = home.resolve("run").resolve("services");
  }

  /** Copies the jars as they are now, repairs damaged copies, and returns the directory. */
  public Path copy() throws IOException {
    List<Path> jars = Distribution.jarsOf(home.resolve("services"));
    String key = key(jars);
    Path target = copies.resolve(key);
    if (!Files.isDirectory(target)) {
      copy(jars, target);
    }
    if (!key(Distribution.jarsOf(target)).equals(key)) {
      repair(jars, target);
    }
    return target;
  }

  private void copy(List<Path> jars, Path target) throws IOException {
    PrivateFile.createDirectory(copies);
    Path partial = Files.createTempDirectory(copies, ".new");
    for (Path jar : jars) {
      Files.copy(jar, partial.resolve(name(jar)), StandardCopyOption.COPY_ATTRIBUTES);
    }
    try {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      // Another command has just made the same directory.
      deleteIn(copies, partial::equals);
    }
  }

  // Each jar is replaced by a rename, so that running processes keep the file that they have open.
  private void repair(List<Path> jars, Path target) throws IOException {
    for (Path jar : jars) {
      Path partial = Files.createTempFile(target, ".new", "");
      Files.copy(
          jar, partial, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(partial, target.resolve(name(jar)), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  // A colon would split the class path.
  private static String name(Path jar) {
    return jar.getFileName().toString().replace(':', '_');
  }

  /** Deletes all copies but {@code used}. */
  public void keepOnly(Path used) throws IOException {
    deleteIn(copies, copy -> !copy.equals(used));
  }

  private static void deleteIn(Path parent, Predicate<Path> unwanted) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    List<Path> directories;
    try (Stream<Path> children = Files.list(parent)) {
      directories = children.filter(Files::isDirectory).filter(unwanted).toList();
    }
    for (Path directory : directories) {
      DirectoryDeletion.delete(directory);
    }
  }

  private static String key(List<Path> jars) throws IOException {
    CRC32 sum = new CRC32();
    long bytes = 0;
    for (Path jar : jars) {
      byte[] content = Files.readAllBytes(jar);
      sum.update(name(jar).getBytes(UTF_8));
      sum.update(content);
      bytes += content.length;
    }
    return "%d-%08x-%x".formatted(jars.size(), sum.getValue(), bytes);
  }
}
