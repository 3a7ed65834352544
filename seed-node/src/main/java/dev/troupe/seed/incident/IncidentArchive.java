package dev.troupe.seed.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.logs.LogLine;
import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.logs.LogSearch;
import dev.troupe.seed.events.EventHistory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes what is known of an incident into one zip file: the logs and the load of all slots and the
 * journal around it, the status of now, and the slot's dumps and crash files. Settings and data are
 * not in it, since they may be secret.
 */
public final class IncidentArchive {
  /** The longest that the logs are searched. */
  static final Duration LONGEST_SEARCH = Duration.ofSeconds(20);

  private static final int MOST_EVENTS = 5000;
  private static final long MOST_LOG_BYTES = 64 << 20;
  private static final long MOST_FILE_BYTES = 8 << 20;

  private final Path logs;
  private final EventHistory history;
  private final ZoneId zone;
  private final BiFunction<Instant, Instant, List<String>> metrics;

  /**
   * @param logs the directory of the log files
   * @param zone in which logs have their times
   * @param metrics the lines of a CSV file with the metrics of a time; may block
   */
  public IncidentArchive(
      Path logs,
      EventHistory history,
      ZoneId zone,
      BiFunction<Instant, Instant, List<String>> metrics) {
    this.logs = logs;
    this.history = history;
    this.zone = zone;
    this.metrics = metrics;
  }

  /**
   * What the archive is about.
   *
   * @param from the time of the oldest line and event
   * @param until the time before which the newest ones were
   * @param why the sentences of {@code bin/troupe why}
   */
  public record Incident(
      String slot, Instant from, Instant until, List<String> why, ClusterStatus status) {
    public Incident {
      why = List.copyOf(why);
    }
  }

  /**
   * Writes the whole archive into a file that is gone once it was read or the stream was closed;
   * blocks.
   *
   * @param directory for the file
   * @throws IOException when a file cannot be read, or the disk is full
   */
  public InputStream open(Incident incident, Path directory) throws IOException {
    Path file = Files.createTempFile(directory, "incident-", ".zip");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        write(incident, out);
      }
      return Files.newInputStream(file);
    } finally {
      // What is open can still be read.
      Files.deleteIfExists(file);
    }
  }

  /**
   * Writes the whole archive; blocks.
   *
   * @throws IOException when a file cannot be read, or the archive not be written
   */
  public void write(Incident incident, OutputStream out) throws IOException {
    List<String> notes = new ArrayList<>();
    try (ZipOutputStream zip = new ZipOutputStream(out, UTF_8)) {
      text(zip, "why.txt", incident.why());
      entry(zip, "status.json", Json.write(incident.status()));
      events(zip, incident);
      text(zip, "metrics.csv", metrics.apply(incident.from(), incident.until()));
      log(zip, incident, notes);
      for (SlotFile file : SlotFile.of(incident.slot(), logs)) {
        if (!file.kind().equals("log")) {
          copy(zip, file, notes);
        }
      }
      text(zip, "README.txt", readme(incident, notes));
    }
  }

  private static List<String> readme(Incident incident, List<String> notes) {
    List<String> lines = new ArrayList<>();
    lines.add("%s, from %s to %s".formatted(incident.slot(), incident.from(), incident.until()));
    lines.add("");
    lines.add("why.txt       what bin/troupe why said when this archive was made");
    lines.add("status.json   the state of all slots when this archive was made");
    lines.add("events.jsonl  the journal of all slots in this time");
    lines.add("metrics.csv   the load of all slots in this time, as GET /history tells it");
    lines.add("log.txt       the log lines of all slots in this time");
    lines.add(
        "files/        start failures, thread dumps and crash files of the slot, of any time");
    if (!notes.isEmpty()) {
      lines.add("");
      lines.addAll(notes);
    }
    return lines;
  }

  private void events(ZipOutputStream zip, Incident incident) throws IOException {
    zip.putNextEntry(new ZipEntry("events.jsonl"));
    for (Event event : history.last(event -> isWithin(event.at(), incident), MOST_EVENTS)) {
      zip.write(Json.write(event));
      zip.write('\n');
    }
    zip.closeEntry();
  }

  private static boolean isWithin(Instant at, Incident incident) {
    return !at.isBefore(incident.from()) && at.isBefore(incident.until());
  }

  private void log(ZipOutputStream zip, Incident incident, List<String> notes) throws IOException {
    LogQuery query = LogQuery.ALL.from(incident.from()).before(incident.until());
    long end = System.nanoTime() + LONGEST_SEARCH.toNanos();
    LineWriter lines = new LineWriter(zip, end);
    zip.putNextEntry(new ZipEntry("log.txt"));
    try {
      new LogSearch(logs, zone).each(query, lines::write);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    zip.closeEntry();
    if (lines.isCutOff) {
      notes.add(
          "log.txt ends early: it has the first %d MiB, or what was found within %d s. Ask for fewer minutes."
              .formatted(MOST_LOG_BYTES >> 20, LONGEST_SEARCH.toSeconds()));
    }
  }

  private final class LineWriter {
    private final OutputStream out;
    private final long endNanos;
    private long bytes;
    private boolean isCutOff;

    LineWriter(OutputStream out, long endNanos) {
      this.out = out;
      this.endNanos = endNanos;
    }

    boolean write(LogLine line) {
      byte[] text = "%-24s %s%n".formatted(line.slot(), line.shown(zone)).getBytes(UTF_8);
      bytes += text.length;
      isCutOff = bytes > MOST_LOG_BYTES || System.nanoTime() - endNanos > 0;
      if (!isCutOff) {
        try {
          out.write(text);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return !isCutOff;
    }
  }

  private void copy(ZipOutputStream zip, SlotFile file, List<String> notes) throws IOException {
    try (FileChannel channel = FileChannel.open(logs.resolve(file.name()))) {
      long skipped = Math.max(0, channel.size() - MOST_FILE_BYTES);
      channel.position(skipped);
      zip.putNextEntry(new ZipEntry("files/" + file.name()));
      InputStream in = Channels.newInputStream(channel);
      zip.write(in.readNBytes((int) MOST_FILE_BYTES));
      zip.closeEntry();
      if (skipped > 0) {
        notes.add("files/%s has the last %d MiB.".formatted(file.name(), MOST_FILE_BYTES >> 20));
      }
    } catch (NoSuchFileException rotatedMeanwhile) {
      notes.add("%s was deleted while the archive was made.".formatted(file.name()));
    }
  }

  private static void text(ZipOutputStream zip, String name, List<String> lines)
      throws IOException {
    entry(zip, name, (String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
