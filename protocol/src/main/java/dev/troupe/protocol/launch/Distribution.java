package dev.troupe.protocol.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory with all of Troupe's jars.
 *
 * @param directory absolute
 */
public record Distribution(Path directory) {
  /**
   * Where the jar of this class is.
   *
   * @throws IllegalStateException when it was not loaded from a jar
   */
  public static Distribution ofThisProcess() {
    Path source;
    try {
      source =
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where Troupe's jars are", e);
    }
    if (!Files.isRegularFile(source)) {
      throw new IllegalStateException(
          source + " is not a jar (expected: to run from a directory of jars, as bin/troupe does)");
    }
    return new Distribution(source.toAbsolutePath().getParent());
  }

  /** All its jars, in a stable order. */
  public List<Path> jars() {
    return jarsOf(directory);
  }

  /**
   * The archive of shared classes that belongs to these jars and the JDK of this process; need not
   * exist.
   */
  public Path archive() {
    return directory.resolveSibling("troupe-" + Runtime.version() + ".jsa");
  }

  /** The jars of {@code directory}, sorted by name; none if there is no such directory. */
  public static List<Path> jarsOf(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }
}
