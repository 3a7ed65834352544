package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
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
  private final Path path;
  private final EventSettings settings;

  public EventFile(Path run, EventSettings settings) {
    this.path = run.resolve(Event.FILE);
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
    Files.write(path, line.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  // Whoever wrote it died or found the disk full: only that line is lost.
  private boolean endsInTheMiddleOfALine() throws IOException {
    if (size() == 0) {
      return false;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(file.length() - 1);
      return file.read() != '\n';
    }
  }

  private void rotate() throws IOException {
    for (int surplus = Math.max(1, settings.files());
        Files.deleteIfExists(rotated(surplus));
        surplus++) {
      // More of them than one are there if fewer are to be kept than before.
    }
    for (int index = settings.files() - 1; index >= 1; index--) {
      if (Files.exists(rotated(index))) {
        Files.move(rotated(index), rotated(index + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (settings.files() == 0) {
      Files.delete(path);
      return;
    }
    Files.move(path, rotated(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path rotated(int index) {
    return path.resolveSibling(Event.FILE + "." + index);
  }

  private long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }
}
