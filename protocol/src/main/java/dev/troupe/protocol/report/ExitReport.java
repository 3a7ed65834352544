package dev.troupe.protocol.report;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.Signal;
import dev.troupe.protocol.launch.NodeExit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says how a process of a slot ended, after how long, and what followed. */
final class ExitReport {
  private static final String TERM = "SIGTERM";

  /** Kinds of events after which the process of the event is alive. */
  private static final Set<EventKind> ALIVE =
      EnumSet.of(
          EventKind.LAUNCHED,
          EventKind.ADOPTED,
          EventKind.READY,
          EventKind.UNHEALTHY,
          EventKind.HEALTHY,
          EventKind.STOPPING);

  private final Event exit;

  /** The events of the same process before its exit, the newest first. */
  private final List<Event> before;

  /** The events of the slot after the exit, the oldest first. */
  private final List<Event> after;

  private ExitReport(Event exit, List<Event> before, List<Event> after) {
    this.exit = exit;
    this.before = before;
    this.after = after;
  }

  /**
   * The last exit in the journal.
   *
   * @param events of the slot, the oldest first
   */
  static Optional<ExitReport> last(List<Event> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Event event = events.get(i);
      if (event.kind() == EventKind.EXITED) {
        return Optional.of(
            new ExitReport(
                event,
                ofSameProcess(event, events.subList(0, i)),
                List.copyOf(events.subList(i + 1, events.size()))));
      }
    }
    return Optional.empty();
  }

  /**
   * Says that the process before the last launch ended without an event: nobody records the end of
   * a seed node whose launcher was killed too. Empty if the journal has the end of that process, or
   * if there was no such process.
   */
  static Optional<String> unseenEnd(List<Event> events, TimeFormat times) {
    for (int i = events.size() - 1; i > 0; i--) {
      Event launched = events.get(i);
      if (launched.kind() == EventKind.LAUNCHED) {
        return Optional.of(events.get(i - 1))
            .filter(previous -> ALIVE.contains(previous.kind()))
            .filter(previous -> !Objects.equals(previous.pid(), launched.pid()))
            .map(
                previous ->
                    "Before that, generation %d (pid %d) ended unseen, before %s."
                        .formatted(previous.generation(), previous.pid(), times.at(launched.at())));
      }
    }
    return Optional.empty();
  }

  /**
   * @param isReplaced whether another process has taken the place of this one
   */
  String sentence(boolean isReplaced, TimeFormat times) {
    String process =
        isReplaced
            ? "Before that, generation %d (pid %d)"
            : "Its last process (generation %d, pid %d)";
    return "%s %s at %s%s%s."
        .formatted(
            process.formatted(exit.generation(), exit.pid()),
            end(),
            times.at(exit.at()),
            age(),
            consequence());
  }

  /** The last log lines of the process under a heading; empty if the event has none. */
  List<String> log() {
    List<String> log = ExitLog.lines(exit.log());
    if (log.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("The last lines of generation %d:".formatted(exit.generation()));
    lines.addAll(log);
    return lines;
  }

  @Nullable Long pid() {
    return exit.pid();
  }

  boolean isFollowedBy(EventKind kind) {
    return next(kind).isPresent();
  }

  private static List<Event> ofSameProcess(Event exit, List<Event> earlier) {
    List<Event> newestFirst = new ArrayList<>(earlier);
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .takeWhile(event -> event.kind() != EventKind.EXITED)
        .filter(
            event ->
                event.generation() == exit.generation() && Objects.equals(event.pid(), exit.pid()))
        .toList();
  }

  private String end() {
    Optional<Event> stopping =
        before.stream().filter(event -> event.kind() == EventKind.STOPPING).findFirst();
    return stopping.map(this::endOfStop).orElseGet(this::endByItself);
  }

  private String endOfStop(Event stopping) {
    String stopped =
        stopping.by() == Initiator.OPERATOR
            ? "was stopped by order"
            : "was stopped (" + stopping.reason() + ")";
    if (TERM.equals(exit.signal()) || exit.exitCode() == null || exit.exitCode() == 0) {
      return stopped;
    }
    return Signal.KILL.equals(exit.signal())
        ? stopped + " and killed by SIGKILL before it had ended"
        : stopped + " and " + endByItself();
  }

  private String endByItself() {
    String signal = exit.signal();
    String reason = exit.reason();
    boolean isOperatorsKill = exit.by() == Initiator.OPERATOR && Signal.KILL.equals(signal);
    if (exit.by() == Initiator.LAUNCHER || (isOperatorsKill && reason != null)) {
      return "was " + reason;
    }
    if (TERM.equals(signal)) {
      return "was ended by " + signal;
    }
    if (Signal.KILL.equals(signal) || (signal != null && reason == null)) {
      return "was killed by " + signal;
    }
    if (signal != null) {
      // A crash: the reason names the signal and the place in the program.
      return "was " + reason;
    }
    if (reason == null) {
      return "ended";
    }
    if (exit.exitCode() == null) {
      return "ended (" + reason + ")";
    }
    boolean hasMeaning =
        NodeExit.of(exit.exitCode()).filter(known -> !known.isSuccess()).isPresent();
    return hasMeaning ? reason : "ended with " + reason;
  }

  private String age() {
    // A new seed node that adopts the process reports it ready again: the first time counts.
    Optional<Event> ready =
        before.stream()
            .filter(event -> event.kind() == EventKind.READY)
            .reduce((later, earlier) -> earlier);
    if (ready.isPresent()) {
      return ", " + TimeFormat.between(ready.get().at(), exit.at()) + " after it was ready";
    }
    // Without its launch in the journal, the process may have been ready before the journal begins.
    boolean isLaunchKnown = before.stream().anyMatch(event -> event.kind() == EventKind.LAUNCHED);
    return isLaunchKnown ? ", before it was ready" : "";
  }

  private String consequence() {
    boolean waited = isFollowedBy(EventKind.BACKING_OFF);
    Optional<Event> relaunching = next(EventKind.RELAUNCHING);
    if (relaunching.isEmpty()) {
      return waited ? "; it waits for its next launch" : "";
    }
    String relaunched =
        waited
            ? "; it was relaunched after a wait of "
                + TimeFormat.between(exit.at(), relaunching.get().at())
            : "; it was relaunched at once";
    return relaunched
        + next(EventKind.READY)
            .map(
                ready ->
                    " and ready "
                        + TimeFormat.between(relaunching.get().at(), ready.at())
                        + " later")
            .orElse(" and is not ready yet");
  }

  private Optional<Event> next(EventKind kind) {
    return after.stream().filter(event -> event.kind() == kind).findFirst();
  }
}
