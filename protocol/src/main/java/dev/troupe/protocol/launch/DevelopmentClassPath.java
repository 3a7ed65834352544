package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a service is launched with in place of the jars of services while {@code bin/troupe dev}
 * runs. It counts only as long as the process of that command lives.
 *
 * @param owner the process of the command
 * @param entries directories of classes and jars, after those of Troupe
 */
public record DevelopmentClassPath(ProcessIdentity owner, List<Path> entries) {
  private static final String UNKNOWN = "-";
  private static final int HEAD_LINES = 3;

  public DevelopmentClassPath {
    entries = List.copyOf(entries);
  }

  /** The directory in {@code run} for all that a service needs while it is developed. */
  public static Path directory(Path run, String service) {
    return run.resolve("dev").resolve(service);
  }

  /** What holds for launches of {@code service} now; reads {@code /proc}. */
  public static Optional<DevelopmentClassPath> find(Path run, String service) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(run, service), UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return parse(lines).filter(found -> found.owner().find().isPresent());
  }

  private static Optional<DevelopmentClassPath> parse(List<String> lines) {
    try {
      String sinceBoot = lines.get(2);
      return Optional.of(
          new DevelopmentClassPath(
              new ProcessIdentity(
                  Long.parseLong(lines.get(0)),
                  Instant.parse(lines.get(1)),
                  sinceBoot.equals(UNKNOWN) ? null : sinceBoot),
              lines.subList(HEAD_LINES, lines.size()).stream().map(Path::of).toList()));
    } catch (IndexOutOfBoundsException | NumberFormatException | DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** Makes this what {@code service} is launched with from now on. */
  public void write(Path run, String service) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Long.toString(owner.pid()));
    lines.add(owner.startedAt().toString());
    lines.add(owner.sinceBoot() == null ? UNKNOWN : owner.sinceBoot());
    entries.forEach(entry -> lines.add(entry.toString()));
    PrivateFile.createDirectory(directory(run, service));
    PrivateFile.write(file(run, service), String.join("\n", lines).getBytes(UTF_8));
  }

  /** From now on the service is launched with the jars of services again. */
  public static void delete(Path run, String service) throws IOException {
    Files.deleteIfExists(file(run, service));
  }

  private static Path file(Path run, String service) {
    return directory(run, service).resolve("classpath");
  }
}
