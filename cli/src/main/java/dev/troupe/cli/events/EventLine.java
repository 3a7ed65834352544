package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.report.DurationFormat;
import dev.troupe.protocol.text.VisibleText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats an event as one line of text. */
final class EventLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final int KIND_WIDTH = 13;
  private static final String GAP = "  ";

  private EventLine() {}

  /**
   * @param slotWidth width of the column that names the slot, in characters
   */
  static String of(Event event, int slotWidth, ZoneId zone) {
    String slot = event.slot() == null ? "-" : event.slot();
    String line =
        TIME.format(event.at().atZone(zone))
            + GAP
            + padded(slot, slotWidth)
            + GAP
            + padded(event.kind().label(), KIND_WIDTH)
            + GAP
            + details(event);
    return VisibleText.line(line.stripTrailing());
  }

  private static String details(Event event) {
    return switch (event.kind()) {
      case READY -> process(event) + after(event.readyMillis());
      case DOWN -> "the cluster was told that " + event.address() + " is down";
      // The line before, about the end of the process, has the reason already.
      case RELAUNCHING, BACKING_OFF ->
          process(event)
              + (event.by() == Initiator.OPERATOR ? ": by order" : count(event.restarts()));
      case FAILED,
          SCALED,
          LOG_LEVEL,
          ROLLING,
          DEPLOYING,
          DEPLOYED,
          DEPLOYMENT_FAILED,
          ACTION_SUSPENDED,
          STOPPED ->
          reason(event);
      default -> process(event) + (event.reason() == null ? "" : ": " + reason(event));
    };
  }

  private static String reason(Event event) {
    return event.reason() == null ? "" : event.reason().lines().findFirst().orElse("");
  }

  private static String process(Event event) {
    return event.pid() == null
        ? "generation " + event.generation()
        : "pid %d, generation %d".formatted(event.pid(), event.generation());
  }

  private static String after(@Nullable Long millis) {
    return millis == null ? "" : ", after " + DurationFormat.fine(Duration.ofMillis(millis));
  }

  private static String count(@Nullable Integer restarts) {
    return restarts == null || restarts == 0 ? "" : ", relaunch " + restarts;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
