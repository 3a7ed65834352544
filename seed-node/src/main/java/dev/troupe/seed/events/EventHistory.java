package dev.troupe.seed.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.JournalFiles;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads the events that the journal has, those in rotated files included. */
public final class EventHistory {
  private final JournalFiles files;

  public EventHistory(Path run) {
    this.files = JournalFiles.in(run);
  }

  /** The newest events that are wanted, the oldest of them first. Reads the whole journal. */
  public List<Event> last(Predicate<Event> wanted, int count) throws IOException {
    Deque<Event> events = new ArrayDeque<>();
    Consumer<String> keep =
        line -> {
          parse(line).filter(wanted).ifPresent(events::addLast);
          if (events.size() > count) {
            events.removeFirst();
          }
        };
    for (Path rotated : files.rotated()) {
      JournalFiles.eachLine(rotated, keep);
    }
    JournalFiles.eachLine(files.current(), keep);
    return List.copyOf(events);
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
