package dev.troupe.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.launch.Lib;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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

  /** The directory with copies of the jars as they are now. */
  public Path copy() throws IOException {
    List<Path> jars = Lib.jarsOf(home.resolve("services"));
    Path target = copies.resolve(key(jars));
    if (Files.isDirectory(target)) {
      return target;
    }
    PrivateFile.createDirectory(copies);
    Path partial = Files.createTempDirectory(copies, ".new");
    for (Path jar : jars) {
      // A colon would split the class path.
      String name = jar.getFileName().toString().replace(':', '_');
      Files.copy(jar, partial.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  /** Deletes all copies but {@code used}. */
  public void keepOnly(Path used) throws IOException {
    Directories.deleteIn(copies, copy -> !copy.equals(used));
  }

  private static String key(List<Path> jars) throws IOException {
    CRC32 sum = new CRC32();
    long bytes = 0;
    for (Path jar : jars) {
      byte[] content = Files.readAllBytes(jar);
      sum.update(jar.getFileName().toString().getBytes(UTF_8));
      sum.update(content);
      bytes += content.length;
    }
    return "%d-%08x-%x".formatted(jars.size(), sum.getValue(), bytes);
  }
}
