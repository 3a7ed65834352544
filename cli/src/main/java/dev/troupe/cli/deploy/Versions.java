package dev.troupe.cli.deploy;

import dev.troupe.protocol.launch.Lib;
import dev.troupe.protocol.launch.ProcessArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The copies of Troupe's jars that clusters run from. {@code bin/troupe} makes one directory for
 * each set of jars, named by a digest of them, and touches it at each start.
 */
public final class Versions {
  // A start that has chosen a version has no process yet whose command line names it.
  private static final Duration SETTLED = Duration.ofHours(1);
  private static final String COMPLETE = "complete";

  private final Path current;
  private final Supplier<List<String>> commandLines;
  private final Clock clock;

  /**
   * @param lib of this process
   */
  public Versions(Lib lib) {
    this(lib.directory().getParent(), Versions::runningCommandLines, Clock.systemUTC());
  }

  Versions(Path current, Supplier<List<String>> commandLines, Clock clock) {
    this.current = current;
    this.commandLines = commandLines;
    this.clock = clock;
  }

  /** Deletes the versions that no process of this machine runs from, whatever its home. */
  public void deleteUnused() throws IOException {
    if (!Files.exists(current.resolve(COMPLETE))) {
      // This process runs from somewhere else.
      return;
    }
    Path all = current.getParent();
    Instant settled = clock.instant().minus(SETTLED);
    List<Path> old =
        Directories.in(all).stream()
            .filter(version -> !version.equals(current) && isOlder(version, settled))
            .toList();
    if (old.isEmpty()) {
      return;
    }
    List<String> running = commandLines.get();
    Directories.deleteIn(
        all,
        version ->
            old.contains(version)
                && running.stream().noneMatch(line -> line.contains(version + "/")));
  }

  private static boolean isOlder(Path version, Instant time) {
    try {
      return Files.getLastModifiedTime(version).toInstant().isBefore(time);
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<String> runningCommandLines() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> String.join("\0", ProcessArguments.of(process))).toList();
    }
  }
}
