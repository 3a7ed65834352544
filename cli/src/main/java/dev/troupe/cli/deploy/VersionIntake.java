package dev.troupe.cli.deploy;

import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.ServiceVersion;
import dev.troupe.protocol.launch.ServiceVersions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes the jars of a service in as a version. A version is made in a directory of another name and
 * then renamed, so that it is there as a whole or not at all.
 */
public final class VersionIntake {
  private static final String PARTIAL = ".new";
  // Whoever can write to a jar decides what runs.
  private static final Set<PosixFilePermission> OF_OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final ServiceVersions versions;

  public VersionIntake(ServiceVersions versions) {
    this.versions = versions;
  }

  /**
   * Copied jars that are no version yet.
   *
   * @param version the name that the version gets
   * @param directory with the copies
   * @param from where the jars were, for people to read
   */
  public record Candidate(String version, Path directory, String from) {
    public List<Path> jars() {
      return Distribution.jarsOf(directory);
    }
  }

  /**
   * Copies jars.
   *
   * @throws IOException when one of them is not a whole jar, or two have the same name; the message
   *     says what to do
   */
  public Candidate copy(List<Path> jars) throws IOException {
    requireJars(jars);
    PrivateFile.createDirectory(versions.versions());
    DirectoryDeletion.unfinished(versions.versions(), PARTIAL);
    Path partial = Files.createTempDirectory(versions.versions(), PARTIAL);
    try {
      for (Path jar : jars) {
        Path copy = partial.resolve(jar.getFileName());
        Files.copy(jar, copy);
        Files.setPosixFilePermissions(copy, OF_OWNER);
        sync(copy);
        try {
          JarContent.requireWhole(copy);
        } catch (IOException e) {
          throw new IOException(
              String.valueOf(e.getMessage()).replace(copy.toString(), jar.toString()), e);
        }
      }
      String from =
          jars.stream()
              .map(jar -> jar.toAbsolutePath().normalize().toString())
              .collect(Collectors.joining(", "));
      return new Candidate(JarContent.hash(Distribution.jarsOf(partial)), partial, from);
    } catch (IOException | RuntimeException e) {
      DirectoryDeletion.delete(partial);
      throw e;
    }
  }

  private static void requireJars(List<Path> jars) throws IOException {
    Map<String, Path> names = new HashMap<>();
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar) || !jar.toString().endsWith(".jar")) {
        throw new IOException("%s is not a jar (expected: a file NAME.jar)".formatted(jar));
      }
      Path other = names.put(jar.getFileName().toString(), jar);
      if (other != null) {
        throw new IOException(
            "%s and %s have the same name (expected: jars with different names)"
                .formatted(other, jar));
      }
    }
  }

  /**
   * Makes the candidate a version, unless the same version is there and undamaged.
   *
   * @param stated the version that the service states of itself
   */
  public void keep(Candidate candidate, String stated) throws IOException {
    Path target = versions.directory(candidate.version());
    if (isUndamaged(candidate.version())) {
      discard(candidate);
      return;
    }
    if (Files.exists(target)) {
      // Processes that run from the damaged version keep the files that they have open.
      Path damaged = Files.createTempDirectory(versions.versions(), PARTIAL);
      Files.move(target, damaged, StandardCopyOption.ATOMIC_MOVE);
    }
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (Path jar : candidate.jars()) {
      sizes.put(jar.getFileName().toString(), Files.size(jar));
    }
    Path about = candidate.directory().resolve(ServiceVersion.FILE);
    Files.write(about, new ServiceVersion(Instant.now(), candidate.from(), stated, sizes).bytes());
    sync(about);
    Files.move(candidate.directory(), target, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(versions.versions());
    DirectoryDeletion.unfinished(versions.versions(), PARTIAL);
  }

  public void discard(Candidate candidate) throws IOException {
    DirectoryDeletion.delete(candidate.directory());
  }

  /** Whether the version is there, and its jars have the content that its name stands for. */
  public boolean isUndamaged(String version) throws IOException {
    Path directory = versions.directory(version);
    return Files.isRegularFile(directory.resolve(ServiceVersion.FILE))
        && JarContent.hash(Distribution.jarsOf(directory)).equals(version);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
