package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a service whose jars were taken in: {@code services/NAME/versions/HASH}, each
 * named by a hash of its content and never changed. The file {@code services/NAME/current} names
 * the version that processes are launched with.
 *
 * @param home of the cluster, absolute
 * @param service the name of the service
 */
public record ServiceVersions(Path home, String service) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");
  private static final String CURRENT = "current";
  private static final String HISTORY = "history";
  private static final int MOST_REMEMBERED = 100;

  /** A time at which a version became the current one. */
  public record Deployed(Instant at, String version) {}

  /** {@code services/NAME}, where jars can also be dropped in. */
  public Path directory() {
    return home.resolve("services").resolve(service);
  }

  /** The directory of the version; need not exist. */
  public Path directory(String version) {
    return versions().resolve(version);
  }

  /** The directory with one directory for each version. */
  public Path versions() {
    return directory().resolve("versions");
  }

  /** All versions there are, by name. */
  public List<String> all() throws IOException {
    if (!Files.isDirectory(versions())) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(versions())) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> HASH.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  /**
   * The version that processes are launched with; nothing if no jars were taken in for this
   * service.
   */
  public Optional<String> current() throws IOException {
    try {
      String found = Files.readString(directory().resolve(CURRENT), UTF_8).strip();
      if (HASH.matcher(found).matches()) {
        return Optional.of(found);
      }
      throw new IOException(
          "%s names no version but '%s'. Write one of %s into it"
              .formatted(directory().resolve(CURRENT), found, all()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Processes are launched with {@code version} from now on, and the history says so. */
  public void makeCurrent(String version, Instant now) throws IOException {
    if (current().equals(Optional.of(version))) {
      return;
    }
    List<String> lines = new ArrayList<>();
    history().forEach(deployed -> lines.add(deployed.at() + " " + deployed.version()));
    lines.add(now + " " + version);
    List<String> kept = lines.subList(Math.max(0, lines.size() - MOST_REMEMBERED), lines.size());
    PrivateFile.write(directory().resolve(HISTORY), String.join("\n", kept).getBytes(UTF_8));
    PrivateFile.write(directory().resolve(CURRENT), version.getBytes(UTF_8));
  }

  /** When which version became the current one, the oldest first. */
  public List<Deployed> history() throws IOException {
    List<Deployed> history = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(directory().resolve(HISTORY), UTF_8)) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && HASH.matcher(words[1]).matches()) {
          history.add(new Deployed(Instant.parse(words[0]), words[1]));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DateTimeException e) {
      throw new IOException(
          "%s is damaged: %s. Delete it".formatted(directory().resolve(HISTORY), e.getMessage()),
          e);
    }
    return history;
  }

  /**
   * What is known of a version.
   *
   * @throws IOException when it is missing or damaged; the message says how to get it back
   */
  public ServiceVersion read(String version) throws IOException {
    try {
      return ServiceVersion.read(directory(version));
    } catch (IOException e) {
      throw damaged(version, e.getMessage());
    }
  }

  /**
   * The jars of a version, relative to the home. Compares their sizes with those that were taken
   * in.
   *
   * @throws IOException when it is missing or damaged; the message says how to get it back
   */
  public List<Path> jars(String version) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Map.Entry<String, Long> jar : read(version).sizes().entrySet()) {
      Path file = directory(version).resolve(jar.getKey());
      if (!Files.isRegularFile(file) || Files.size(file) != jar.getValue()) {
        throw damaged(version, jar.getKey() + " is missing or has another size than before");
      }
      jars.add(home.relativize(file));
    }
    return jars;
  }

  /** Says that a version is damaged, and what to do. */
  public IOException damaged(String version, @Nullable String how) {
    return new IOException(
        ("version %s of %s in %s cannot be used: %s. Take its jars in again with bin/troupe deploy %s"
                + " FILE…, or go to another version with bin/troupe rollback %s VERSION")
            .formatted(version, service, directory(version), how, service, service));
  }

  /** Which of the versions the jars belong to that the command line of a process names. */
  public Optional<String> versionOf(List<Path> jars) {
    return jars.stream()
        .map(home::resolve)
        .filter(jar -> jar.startsWith(versions()))
        .map(jar -> versions().relativize(jar).getName(0).toString())
        .findFirst();
  }
}
