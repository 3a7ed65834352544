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
 * The files a slot writes: {@code SLOT.log} by its logger, which rotates it itself, {@code
 * SLOT.out} by the JVM and whatever prints, and a report by each JVM that crashes.
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
   * @param maxBytes of what it prints, and of its crash reports together
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

  /** How many bytes it has printed since the file was cut. */
  long outSize() {
    return size(out);
  }

  /** How far the files went at one moment. */
  record Mark(long log, long out) {}

  Mark mark() {
    return new Mark(size(log), size(out));
  }

  /** Keeps one older {@code SLOT.out.1}, so that printing can't fill the disk over restarts. */
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
   * Cuts the file of a process that prints without end: it appends, so it goes on at the start. The
   * end of what there was is kept in {@code SLOT.out.1}.
   *
   * @return how many bytes it has printed since
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
      // Its length by now, so that no more is lost than what is printed while this copies.
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

  /** The last lines written since {@code mark}, those of the JVM first. */
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
      // Frames of a stack trace and what every crash prints would push the line that says what
      // happened out of the tail.
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
