package dev.troupe.cli.logs;

import dev.troupe.protocol.logs.LogFiles;
import dev.troupe.protocol.logs.LogFiles.LogFile;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Prints the last lines of log files, file by file, and then each line that is added to one. */
final class LogReader implements AutoCloseable {
  private final LogFiles files;
  private final Predicate<LogFile> wanted;
  private final boolean prefixed;
  private final PrintWriter out;
  private final Map<Path, FollowedFile> followed = new HashMap<>();
  private int width;

  LogReader(LogFiles files, Predicate<LogFile> wanted, boolean prefixed, PrintWriter out) {
    this.files = files;
    this.wanted = wanted;
    this.prefixed = prefixed;
    this.out = out;
  }

  /** Prints the last {@code count} lines of each file. */
  void begin(int count) throws IOException {
    List<LogFile> found = wantedFiles();
    width = found.stream().mapToInt(file -> file.slot().length()).max().orElse(0);
    for (LogFile file : found) {
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

  @Override
  public void close() throws IOException {
    for (FollowedFile file : followed.values()) {
      file.close();
    }
  }

  private List<LogFile> wantedFiles() {
    return files.current().stream().filter(wanted).toList();
  }

  private FollowedFile follow(LogFile file) {
    FollowedFile reader = new FollowedFile(file.path(), line -> print(file.slot(), line));
    followed.put(file.path(), reader);
    return reader;
  }

  private void print(String slot, String line) {
    if (prefixed) {
      out.print(slot + " ".repeat(Math.max(0, width - slot.length())) + " | ");
    }
    out.println(VisibleText.line(line));
  }
}
