package dev.troupe.cli.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A journal as the seed node writes it. */
final class JournalFile {
  private JournalFile() {}

  static Event event(String slot, int generation) {
    return Event.of(Instant.EPOCH, slot, EventKind.LAUNCHED, generation, 7L);
  }

  static void write(Path file, Event... events) throws IOException {
    for (Event event : events) {
      write(file, new String(Json.write(event), UTF_8) + "\n");
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
