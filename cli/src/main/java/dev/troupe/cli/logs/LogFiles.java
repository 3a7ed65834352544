package dev.troupe.cli.logs;

import dev.troupe.protocol.NodeNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the current log files of a cluster: the node of a slot logs into {@code <slot>.log}, and
 * its JVM prints crashes and thread dumps into {@code <slot>.out}.
 */
final class LogFiles {
  // The launcher has files without a slot. The names of rotated files end differently.
  private static final Pattern NAME =
      Pattern.compile("((?:[A-Za-z][A-Za-z0-9_]*-[0-9]+)|launcher)\\.(?:log|out)");

  private final Path directory;

  LogFiles(Path directory) {
    this.directory = directory;
  }

  record LogFile(String slot, Path path) {
    boolean isOf(String slotOrService) {
      return slot.equals(slotOrService) || NodeNames.serviceOf(slot).equals(slotOrService);
    }
  }

  /** All current log files, sorted by slot. */
  List<LogFile> find() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .flatMap(LogFiles::recognise)
          .sorted(Comparator.comparing(LogFile::slot).thenComparing(LogFile::path))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static Stream<LogFile> recognise(Path path) {
    Matcher matcher = NAME.matcher(path.getFileName().toString());
    return matcher.matches() ? Stream.of(new LogFile(matcher.group(1), path)) : Stream.empty();
  }
}
