package dev.troupe.seed.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the events that the journal has, those in rotated files included. */
public final class EventHistory {
  private final Path file;

  public EventHistory(Path run) {
    this.file = run.resolve(Event.FILE);
  }

  /** The newest events that are wanted, the oldest of them first. Reads the whole journal. */
  public List<Event> last(Predicate<Event> wanted, int count) throws IOException {
    Deque<Event> events = new ArrayDeque<>();
    for (Path next : files()) {
      try (BufferedReader lines =
          // Files.lines would fail at bytes that are not UTF-8, as in a line that was cut.
          new BufferedReader(new InputStreamReader(Files.newInputStream(next), UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          parse(line).filter(wanted).ifPresent(events::addLast);
          if (events.size() > count) {
            events.removeFirst();
          }
        }
      } catch (NoSuchFileException rotatedMeanwhile) {
        // The file was rotated away since it was listed.
      }
    }
    return List.copyOf(events);
  }

  // The oldest first.
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    files.add(file);
    for (int index = 1; ; index++) {
      Path rotated = file.resolveSibling(Event.FILE + "." + index);
      if (!Files.exists(rotated)) {
        Collections.reverse(files);
        return files;
      }
      files.add(rotated);
    }
  }

  // A line may be complete JSON and no event.
  @SuppressWarnings("ConstantValue")
  private static Optional<Event> parse(String line) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(line, Event.class))
          .filter(event -> event.at() != null && event.kind() != null);
    } catch (JsonProcessingException incomplete) {
      return Optional.empty();
    }
  }
}
