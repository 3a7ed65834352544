package dev.troupe.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a line of the journal. */
public final class EventJson {
  private EventJson() {}

  /** Empty if the line is incomplete, or has a kind that only a later version knows. */
  public static Optional<Event> read(String line) {
    try {
      JsonObject object = JsonObject.parse(line.getBytes(UTF_8));
      Optional<EventKind> kind = EventKind.labelled(object.text("kind"));
      return kind.isEmpty() ? Optional.empty() : Optional.of(event(kind.get(), object));
    } catch (IOException | DateTimeException | ArithmeticException unusable) {
      return Optional.empty();
    }
  }

  private static Event event(EventKind kind, JsonObject object) throws IOException {
    return new Event(
        Instant.parse(object.text("at")),
        object.optionalText("slot"),
        kind,
        Math.toIntExact(object.number("generation")),
        object.optionalNumber("pid"),
        object.optionalText("address"),
        object.optionalNumber("ready_millis"),
        integer(object.optionalNumber("exit_code")),
        object.optionalText("signal"),
        integer(object.optionalNumber("restarts")),
        Initiator.labelled(object.optionalText("by")).orElse(null),
        object.optionalText("reason"),
        object.list("log", String.class));
  }

  private static @Nullable Integer integer(@Nullable Long number) {
    return number == null ? null : Math.toIntExact(number);
  }
}
