package dev.troupe.seed.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.launch.JavaCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of a slot: {@code SLOT.log}, which its logger writes and rotates; {@code SLOT.out}, the
 * standard output of its processes; and a report of each crashed JVM.
 */
final class SlotFiles {
  private static final int TAIL_BYTES = 16 * 1024;
  private static final int TAIL_LINES = 10;

  // A line of a stack trace that names a place in code: "	at a.B.c(B.java:1)", "	... 10 more".
  private static final Pattern FRAME = Pattern.compile("^\\s+(at \\S+\\(|\\.\\.\\. \\d+ )");

  private final Path log;
  private final Path out;
  private final String crashReports;
  private final long maxBytes;

  /**
   * @param maxBytes the limit of {@code SLOT.out}, and of all crash reports together
   */
  SlotFiles(Path directory, String slot, long maxBytes) {
    this.log = directory.resolve(slot + ".log");
    this.out = directory.resolve(slot + ".out");
    this.crashReports = JavaCommand.errorFile(slot, "*");
    this.maxBytes = maxBytes;
  }

  Path out() {
    return out;
  }

  /** The length of {@code SLOT.out} in bytes. */
  long outSize() {
    return size(out);
  }

  /** The lengths of both files at one moment. */
  record Mark(long log, long out) {}

  Mark mark() {
    return new Mark(size(log), size(out));
  }

  /** Renames a {@code SLOT.out} that exceeds the limit to {@code SLOT.out.1}, before a launch. */
  void rotateOut() throws IOException {
    Files.createDirectories(out.getParent());
    if (size(out) > maxBytes) {
      Files.move(
          out, out.resolveSibling(out.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Deletes the oldest reports of crashed JVMs, so that a crash loop can't fill the disk. The
   * newest stays, however long it is.
   */
  void boundCrashReports() throws IOException {
    List<Path> newestFirst = new ArrayList<>();
    try (DirectoryStream<Path> reports = Files.newDirectoryStream(out.getParent(), crashReports)) {
      reports.forEach(newestFirst::add);
    }
    newestFirst.sort(
        Comparator.comparing((Path report) -> report.toFile().lastModified()).reversed());
    long bytes = 0;
    for (Path report : newestFirst) {
      bytes += size(report);
      if (bytes > maxBytes && !report.equals(newestFirst.get(0))) {
        Files.deleteIfExists(report);
      }
    }
  }

  /**
   * Truncates {@code SLOT.out} if it exceeds the limit, and keeps its end in {@code SLOT.out.1}.
   * The running process opened the file for appending, so it continues at the new end.
   *
   * @return the length of {@code SLOT.out} afterwards, in bytes
   */
  long boundOut() throws IOException {
    long size = size(out);
    if (size <= maxBytes) {
      return size;
    }
    try (FileChannel from =
            FileChannel.open(out, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel to =
            FileChannel.open(
                out.resolveSibling(out.getFileName() + ".1"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      // The present length, so that only what is printed during the copy is lost.
      long end = from.size();
      for (long at = Math.max(0, end - maxBytes); at < end; ) {
        long copied = from.transferTo(at, end - at, to);
        if (copied <= 0) {
          break;
        }
        at += copied;
      }
      from.truncate(0);
    }
    return 0;
  }

  /**
   * The last lines written since {@code mark}: those of {@code SLOT.out}, then those of the log.
   */
  List<String> tailSince(Mark mark) {
    List<String> lines = new ArrayList<>(tail(out, mark.out()));
    lines.addAll(tail(log, mark.log()));
    return lines;
  }

  private static List<String> tail(Path path, long from) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      long begin = length < from ? 0 : from;
      long start = Math.max(begin, length - TAIL_BYTES);
      byte[] bytes = new byte[Math.toIntExact(length - start)];
      file.seek(start);
      file.readFully(bytes);
      // Stack frames and the lines that every crash prints are left out: they would push the line
      // that says what happened out of the tail.
      List<String> lines =
          new String(bytes, UTF_8)
              .lines()
              .filter(line -> !FRAME.matcher(line).find() && !CrashOutput.isBoilerplate(line))
              .toList();
      return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException missing) {
      return 0;
    }
  }
}
