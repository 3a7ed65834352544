package dev.troupe.protocol.report;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Says in one sentence how a slot is now or, without a seed node, how the journal leaves it. */
final class SlotStateText {
  private SlotStateText() {}

  static String of(SlotStatus now, List<Event> events, TimeFormat times) {
    String since = " since " + times.at(now.since());
    String process = "(pid %s, generation %d)".formatted(now.pid(), now.generation());
    String text =
        switch (now.state()) {
          case RUNNING -> "runs %s since %s".formatted(process, times.at(readySince(now, events)));
          case UNHEALTHY -> "is unhealthy " + process + since + withReason(now);
          case PENDING -> "has not been launched" + withReason(now);
          case LAUNCHING, JOINING ->
              "is being launched (generation %d)%s and is not ready yet"
                  .formatted(now.generation(), since);
          case STOPPING -> "is being stopped " + process + since;
          case STOPPED -> "is stopped" + since + withReason(now);
          case BACKING_OFF -> "waits%s for its next launch%s".formatted(since, withReason(now));
          case FAILED -> "has failed" + since + ": " + whyFailed(now, events);
        };
    return now.slot() + " " + text + ".";
  }

  /** From the last event in the journal, when no seed node answers. */
  static String of(Event last, String slot, TimeFormat times) {
    String at = " at " + times.at(last.at());
    String text =
        switch (last.kind()) {
          case STOPPED -> "was stopped" + at;
          case FAILED -> "failed" + at + ": " + last.reason();
          case EXITED, DOWN -> "ended" + at + " and was not launched again";
          case READY, HEALTHY -> "was last seen running" + process(last) + at;
          case UNHEALTHY -> "was last seen unhealthy" + process(last) + at + ": " + last.reason();
          // Steps on the way to one of the above. Those of services say nothing about a process.
          case LAUNCHED,
              ADOPTED,
              LAUNCH_FAILED,
              STOPPING,
              BACKING_OFF,
              RELAUNCHING,
              SCALED,
              ROLLING,
              DEPLOYING,
              DEPLOYED,
              DEPLOYMENT_FAILED,
              ACTION_SUSPENDED,
              LOG_LEVEL ->
              "was last seen %s%s%s".formatted(last.kind().label(), process(last), at);
        };
    return slot + " " + text + ".";
  }

  // A seed node that adopted the process counts from the adoption; the journal knows when the
  // process was first ready.
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

  // The reason in the status repeats how the last process ended, which ExitReport says.
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

  private static String withReason(SlotStatus slot) {
    return slot.reason() == null ? "" : ": " + slot.reason();
  }
}
