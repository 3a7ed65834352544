package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How a seed node ended. Its launcher writes it to a file for the next seed node, which reports it
 * to operators. A process that is about to end the seed node may write the reason there first.
 *
 * @param at when it ended
 * @param exitCode null if nobody could see it
 * @param by who wanted it; null if nobody did, as far as is known
 * @param reason in words; null if the exit code is all that is known
 * @param relaunches that count against the budget, the one that follows included
 * @param log the last lines it printed
 */
public record SeedExit(
    long pid,
    int generation,
    Instant at,
    @Nullable Integer exitCode,
    @Nullable Initiator by,
    @Nullable String reason,
    int relaunches,
    List<String> log) {
  private static final String FILE = "seed.end";
  private static final long MOST_BYTES = 100_000;

  public SeedExit {
    log = List.copyOf(log);
  }

  /**
   * Writes the file, in place of an earlier one.
   *
   * @param run the directory of the running cluster's files
   */
  public void write(Path run) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("generation", Integer.toString(generation));
    properties.setProperty("at", at.toString());
    properties.setProperty("relaunches", Integer.toString(relaunches));
    properties.setProperty("log", String.join("\n", log));
    if (exitCode != null) {
      properties.setProperty("exit-code", exitCode.toString());
    }
    if (by != null) {
      properties.setProperty("by", by.label());
    }
    if (reason != null) {
      properties.setProperty("reason", reason);
    }
    StringWriter text = new StringWriter();
    properties.store(text, "How the last seed node ended");
    PrivateFile.write(run.resolve(FILE), text.toString().getBytes(UTF_8));
  }

  /**
   * Reads and deletes the file, so that the end is reported once. Empty if there is no file, or
   * none that can be read: the file only explains.
   */
  public static Optional<SeedExit> take(Path run) {
    Optional<SeedExit> exit = read(run);
    try {
      Files.deleteIfExists(run.resolve(FILE));
      return exit;
    } catch (IOException undeletable) {
      return Optional.empty();
    }
  }

  /**
   * Reads the file and leaves it. Empty if there is no file, or none that can be read: the file
   * only explains.
   */
  public static Optional<SeedExit> read(Path run) {
    Path file = run.resolve(FILE);
    try {
      if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return Optional.of(read(properties));
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static SeedExit read(Properties properties) {
    String exitCode = properties.getProperty("exit-code");
    return new SeedExit(
        Long.parseLong(properties.getProperty("pid", "")),
        Integer.parseInt(properties.getProperty("generation", "")),
        Instant.parse(properties.getProperty("at", "")),
        exitCode == null ? null : Integer.valueOf(exitCode),
        Initiator.labelled(properties.getProperty("by")).orElse(null),
        properties.getProperty("reason"),
        Integer.parseInt(properties.getProperty("relaunches", "0")),
        properties.getProperty("log", "").lines().toList());
  }
}
