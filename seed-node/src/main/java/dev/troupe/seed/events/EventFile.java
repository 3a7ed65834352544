package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.JournalFiles;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.EventSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * {@code run/events.jsonl}: a line an event. It is opened for each, since events are rare, so that
 * one that was deleted comes back.
 */
public final class EventFile {
  private final JournalFiles files;
  private final EventSettings settings;

  public EventFile(Path run, EventSettings settings) {
    this.files = JournalFiles.in(run);
    this.settings = settings;
  }

  void append(Event event) throws IOException {
    byte[] json = Json.write(event);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    if (size() > 0 && size() + json.length >= settings.maxFileBytes()) {
      rotate();
    }
    if (endsInTheMiddleOfALine()) {
      line.write('\n');
    }
    line.write(json);
    line.write('\n');
    Files.write(
        files.current(), line.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  // Whoever wrote it died or found the disk full: only that line is lost.
  private boolean endsInTheMiddleOfALine() throws IOException {
    if (size() == 0) {
      return false;
    }
    try (RandomAccessFile file = new RandomAccessFile(files.current().toFile(), "r")) {
      file.seek(file.length() - 1);
      return file.read() != '\n';
    }
  }

  private void rotate() throws IOException {
    for (int surplus = Math.max(1, settings.files());
        Files.deleteIfExists(files.rotated(surplus));
        surplus++) {
      // More of them than one are there if fewer are to be kept than before.
    }
    for (int index = settings.files() - 1; index >= 1; index--) {
      if (Files.exists(files.rotated(index))) {
        Files.move(
            files.rotated(index), files.rotated(index + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (settings.files() == 0) {
      Files.delete(files.current());
      return;
    }
    Files.move(files.current(), files.rotated(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private long size() throws IOException {
    return Files.exists(files.current()) ? Files.size(files.current()) : 0;
  }
}
