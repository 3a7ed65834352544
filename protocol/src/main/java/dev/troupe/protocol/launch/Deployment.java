package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which jars the processes of a running cluster are launched with: copies that no build and no
 * update overwrites. The file {@code run/version} names them.
 *
 * @param home of the cluster, absolute
 * @param lib Troupe's own jars
 * @param services the directory with the jars of services
 */
public record Deployment(Path home, Distribution lib, Path services) {
  /** The file in the directory {@code run}: two lines, the two directories. */
  public static final String FILE = "version";

  private static final String HOMES = "homes";

  /** What a node uses that was started by hand, without {@code bin/troupe}. */
  public static Deployment byHand(Path home) {
    return new Deployment(home, Distribution.ofThisProcess(), home.resolve("services"));
  }

  /** What {@code run/version} names; nothing if there is no such file, or one of no use. */
  public static Optional<Deployment> find(Path home) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(home), UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() < 2) {
      return Optional.empty();
    }
    Deployment found =
        new Deployment(home, new Distribution(Path.of(lines.get(0), "lib")), Path.of(lines.get(1)));
    return Files.isDirectory(found.lib.directory()) ? Optional.of(found) : Optional.empty();
  }

  /** Makes this what processes are launched with from now on. */
  public void write() throws IOException {
    Path file = file(home);
    PrivateFile.createDirectory(file.getParent());
    String text = "%s%n%s%n".formatted(lib.directory().getParent(), services);
    PrivateFile.write(file, text.getBytes(UTF_8));
    tellCopy();
  }

  // So that whoever deletes unused copies finds the file that was just written, also while none of
  // the processes lives.
  private void tellCopy() {
    Path copy = lib.directory().getParent();
    if (copy == null || !Files.exists(copy.resolve("complete"))) {
      // Not one that bin/troupe has made.
      return;
    }
    try {
      Path homes = Files.createDirectories(copy.resolve(HOMES));
      String name = "%08x".formatted(home.toString().hashCode());
      Files.writeString(homes.resolve(name), home + "\n");
    } catch (IOException e) {
      // Of another user: then it is known by the processes only.
    }
  }

  /** The cluster was stopped: the next start decides anew. */
  public static void delete(Path home) throws IOException {
    Files.deleteIfExists(file(home));
  }

  /**
   * The jars of services, relative to the home where they are in it, as the command lines of
   * processes name them that are launched there.
   */
  public List<Path> serviceJars() {
    return Distribution.jarsOf(services).stream()
        .map(jar -> jar.startsWith(home) ? home.relativize(jar) : jar)
        .toList();
  }

  /**
   * The jars that {@code service} is launched with: its current version, or else those of all
   * services.
   *
   * @throws IOException when the current version is damaged; the message says what to do
   */
  public List<Path> jarsOf(String service) throws IOException {
    ServiceVersions taken = new ServiceVersions(home, service);
    Optional<String> current = taken.current();
    return current.isPresent() ? taken.jars(current.get()) : serviceJars();
  }

  private static Path file(Path home) {
    return home.resolve("run").resolve(FILE);
  }
}
