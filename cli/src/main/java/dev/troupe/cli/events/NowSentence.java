package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Says how a slot is now, or how it was when the journal ends. */
final class NowSentence {
  private NowSentence() {}

  static String of(SlotStatus now, List<Event> events, TimeFormat moments) {
    String since = " since " + moments.at(now.since());
    String process = "(pid %s, generation %d)".formatted(now.pid(), now.generation());
    String text =
        switch (now.state()) {
          case RUNNING ->
              "runs %s since %s".formatted(process, moments.at(readySince(now, events)));
          case UNHEALTHY -> "is unhealthy " + process + since + because(now);
          case PENDING -> "has not been launched" + because(now);
          case LAUNCHING, JOINING ->
              "is being launched (generation %d)%s and is not ready yet"
                  .formatted(now.generation(), since);
          case STOPPING -> "is being stopped " + process + since;
          case STOPPED -> "is stopped" + since + because(now);
          case BACKING_OFF -> "waits%s for its next launch%s".formatted(since, because(now));
          case FAILED -> "has failed" + since + ": " + whyFailed(now, events);
        };
    return now.slot() + " " + text + ".";
  }

  /** Of the last event, when nobody can say how the slot is. */
  static String of(Event last, String slot, TimeFormat moments) {
    String at = " at " + moments.at(last.at());
    String text =
        switch (last.kind()) {
          case STOPPED -> "was stopped" + at;
          case FAILED -> "failed" + at + ": " + last.reason();
          case EXITED, DOWN -> "ended" + at + " and was not launched again";
          case READY, HEALTHY -> "was last seen running" + process(last) + at;
          case UNHEALTHY -> "was last seen unhealthy" + process(last) + at + ": " + last.reason();
          // The last three do not say how a slot is.
          case LAUNCHED,
              ADOPTED,
              LAUNCH_FAILED,
              STOPPING,
              BACKING_OFF,
              RELAUNCHING,
              SCALED,
              ROLLING,
              ACTION_SUSPENDED ->
              "was last seen %s%s%s".formatted(last.kind().label(), process(last), at);
        };
    return slot + " " + text + ".";
  }

  // The state may be older than this seed node, which only saw it begin when it adopted the slot.
  private static Instant readySince(SlotStatus now, List<Event> events) {
    return events.stream()
        .filter(
            event ->
                event.kind() == EventKind.READY
                    && event.generation() == now.generation()
                    && Objects.equals(event.pid(), now.pid()))
        .findFirst()
        .map(Event::at)
        .orElse(now.since());
  }

  // The status adds how the last process ended, of which there is a sentence of its own.
  private static String whyFailed(SlotStatus now, List<Event> events) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.FAILED)
        .reduce((first, second) -> second)
        .map(Event::reason)
        .orElse(String.valueOf(now.reason()));
  }

  private static String process(Event event) {
    return event.pid() == null
        ? ""
        : " (pid %d, generation %d)".formatted(event.pid(), event.generation());
  }

  private static String because(SlotStatus slot) {
    return slot.reason() == null ? "" : ": " + slot.reason();
  }
}
