package dev.troupe.cli.logs;

import dev.troupe.protocol.logs.FollowedLines;
import dev.troupe.protocol.logs.LogFiles;
import dev.troupe.protocol.logs.LogFiles.LogFile;
import dev.troupe.protocol.logs.LogQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints the last lines of log files, file by file, and then each line that is added to one; only
 * lines that a query asks for.
 */
final class LogReader implements AutoCloseable {
  private final LogFiles files;
  private final LogQuery query;
  private final ZoneId zone;
  private final LogPrinter printer;
  private final PrintWriter out;
  private final Map<Path, FollowedFile> followed = new HashMap<>();

  LogReader(LogFiles files, LogQuery query, ZoneId zone, LogPrinter printer, PrintWriter out) {
    this.files = files;
    this.query = query;
    this.zone = zone;
    this.printer = printer;
    this.out = out;
  }

  /** Prints the last {@code count} lines of each file. */
  void begin(int count) throws IOException {
    for (LogFile file : wantedFiles()) {
      FollowedFile reader = follow(file);
      reader.begin(count);
      reader.flush();
    }
    out.flush();
  }

  /** Prints the lines that were added, also of new files; false once nobody reads the output. */
  boolean more() throws IOException {
    for (LogFile file : wantedFiles()) {
      FollowedFile reader = followed.get(file.path());
      (reader == null ? follow(file) : reader).more();
    }
    return !out.checkError();
  }

  /** Whether the line at {@code offset} of a file is one that {@link #more} prints. */
  boolean isAdded(String fileName, long offset) {
    return followed.entrySet().stream()
        .anyMatch(
            file ->
                file.getKey().getFileName().toString().equals(fileName)
                    && offset >= file.getValue().position());
  }

  @Override
  public void close() throws IOException {
    for (FollowedFile file : followed.values()) {
      file.close();
    }
  }

  private List<LogFile> wantedFiles() {
    String name = query.name();
    return files.current().stream().filter(file -> name == null || file.isOf(name)).toList();
  }

  private FollowedFile follow(LogFile file) {
    FollowedLines lines = new FollowedLines(query, file, zone);
    FollowedFile reader =
        new FollowedFile(file.path(), line -> lines.next(line).ifPresent(printer::print));
    followed.put(file.path(), reader);
    return reader;
  }
}
