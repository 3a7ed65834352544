package dev.troupe.cli.logs;

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
 * The current log files of a cluster: {@code <slot>.log}, what the slot's node logs, and {@code
 * <slot>.out}, what its JVM prints: crashes, thread dumps.
 */
final class LogFiles {
  // The launcher has no slot; rotated files have more in their names.
  private static final Pattern NAME =
      Pattern.compile("((?:[A-Za-z][A-Za-z0-9_]*-[0-9]+)|launcher)\\.(?:log|out)");

  private final Path directory;

  LogFiles(Path directory) {
    this.directory = directory;
  }

  record LogFile(String slot, Path path) {
    boolean isOf(String slotOrService) {
      return slot.equals(slotOrService) || slot.replaceFirst("-[0-9]+$", "").equals(slotOrService);
    }
  }

  /** All there are now, sorted by slot. */
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
