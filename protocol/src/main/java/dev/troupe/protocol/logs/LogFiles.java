package dev.troupe.protocol.logs;

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
 * Finds the log files of a cluster: the node of a slot logs into {@code <slot>.log}, which is
 * rotated to {@code <slot>.<date>.<number>.log.gz}, and its JVM prints crashes and thread dumps
 * into {@code <slot>.out}, whose earlier part is in {@code <slot>.out.1}.
 */
public final class LogFiles {
  // The launcher has files without a slot.
  private static final Pattern NAME =
      Pattern.compile(
          "((?:[A-Za-z][A-Za-z0-9_]*-[0-9]+)|launcher)"
              + "(?:\\.([0-9]{4}-[0-9]{2}-[0-9]{2})\\.([0-9]{1,9}))?"
              + "\\.(log|out)(\\.gz|\\.1)?");
  private static final String AFTER_ALL_DATES = "~";

  private final Path directory;

  public LogFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * One file.
   *
   * @param output whether the file has what the process printed, and not what its logger wrote
   * @param current whether the file still grows
   */
  public record LogFile(
      String slot, Path path, boolean output, boolean current, String date, int number) {
    public boolean isOf(String slotOrService) {
      return slot.equals(slotOrService) || NodeNames.serviceOf(slot).equals(slotOrService);
    }

    boolean isCompressed() {
      return path.toString().endsWith(".gz");
    }
  }

  /** All current log files, sorted by slot. */
  public List<LogFile> current() {
    return all().stream().filter(LogFile::current).toList();
  }

  /** All log files, sorted by slot; those that a slot's logger wrote first, each kind by age. */
  public List<LogFile> all() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .flatMap(LogFiles::recognise)
          .sorted(
              Comparator.comparing(LogFile::slot)
                  .thenComparing(LogFile::output)
                  .thenComparing(LogFile::date)
                  .thenComparing(LogFile::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static Stream<LogFile> recognise(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      return Stream.empty();
    }
    boolean dated = name.group(2) != null;
    boolean earlier = name.group(5) != null;
    return Stream.of(
        new LogFile(
            name.group(1),
            path,
            name.group(4).equals("out"),
            !dated && !earlier,
            dated ? name.group(2) : AFTER_ALL_DATES,
            dated ? Integer.parseInt(name.group(3)) : (earlier ? 0 : 1)));
  }
}
