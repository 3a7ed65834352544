package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.process.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds in two consecutive states of a slot what happened between them. */
final class SlotEvents {
  private static final int ENDED_BY_TERM = 143;
  private static final String BY_ORDER = "by order";

  private SlotEvents() {}

  /**
   * @param before null if nothing has been said of the slot yet
   */
  static List<Event> between(@Nullable SlotStatus before, SlotStatus now) {
    List<Event> events = new ArrayList<>();
    if (before == null) {
      // A slot that begins with a process was not launched by this seed node.
      if (now.pid() != null) {
        events.add(event(EventKind.ADOPTED, now).withAddress(now.address()));
      }
      return events;
    }
    if (before.pid() != null && now.pid() == null) {
      events.add(exited(before, now));
    }
    if (launchFailed(before, now)) {
      events.add(event(EventKind.LAUNCH_FAILED, before, now).because(now.reason()));
    }
    if (now.pid() != null && before.pid() == null) {
      events.add(event(EventKind.LAUNCHED, now).withAddress(now.address()));
    }
    if (now.state() == SlotState.LAUNCHING && now.pid() == null && !isAtRest(before)) {
      events.add(relaunching(before, now));
    }
    if (now.state() != before.state()) {
      entered(before, now, events);
    }
    return events;
  }

  private static void entered(SlotStatus before, SlotStatus now, List<Event> events) {
    switch (now.state()) {
      case RUNNING ->
          events.add(
              before.state() == SlotState.UNHEALTHY && before.readyMillis() != null
                  ? event(EventKind.HEALTHY, now)
                  : event(EventKind.READY, now).readyAfter(now.readyMillis()));
      case UNHEALTHY -> events.add(event(EventKind.UNHEALTHY, now).because(now.reason()));
      case STOPPING -> events.add(event(EventKind.STOPPING, now).because(whyStopped(before, now)));
      case BACKING_OFF ->
          events.add(
              event(EventKind.BACKING_OFF, now).counting(now.restarts()).because(now.reason()));
      case FAILED ->
          events.add(event(EventKind.FAILED, now).counting(now.restarts()).because(whyFailed(now)));
      case STOPPED -> events.add(event(EventKind.STOPPED, now).because(now.reason()));
      case PENDING, LAUNCHING, JOINING -> {}
    }
  }

  private static Event exited(SlotStatus before, SlotStatus now) {
    Exit exit = new Exit(now.exitCode(), now.log());
    Integer code = exit.code();
    // A service that left because it was told to has nothing to say about it.
    boolean obeyed =
        before.state() == SlotState.STOPPING
            && (exit.isSuccess() || (code != null && code == ENDED_BY_TERM));
    return event(EventKind.EXITED, before, now)
        .exited(code, obeyed ? List.of() : exit.log())
        .because(code == null ? "exit code not seen" : exit.reason());
  }

  // How the last process ended is in the event before.
  private static @Nullable String whyFailed(SlotStatus now) {
    return now.reason() == null ? null : now.reason().replaceFirst("(?s); last: .*", "");
  }

  private static Event relaunching(SlotStatus before, SlotStatus now) {
    // An order forgets the reason of what it ended.
    boolean ordered = before.state() == SlotState.STOPPING && now.reason() == null;
    return event(EventKind.RELAUNCHING, now)
        .counting(now.restarts())
        .because(ordered ? BY_ORDER : now.reason());
  }

  // Before it is stopped for what is wrong with it a slot says so; else its reason is an old one.
  private static @Nullable String whyStopped(SlotStatus before, SlotStatus now) {
    boolean givenUp =
        before.state() == SlotState.UNHEALTHY && Objects.equals(before.reason(), now.reason());
    return givenUp ? now.reason() : BY_ORDER;
  }

  private static boolean launchFailed(SlotStatus before, SlotStatus now) {
    boolean ended = now.state() != SlotState.LAUNCHING || now.generation() != before.generation();
    return before.state() == SlotState.LAUNCHING
        && before.pid() == null
        && now.pid() == null
        && ended;
  }

  private static boolean isAtRest(SlotStatus slot) {
    return slot.state() == SlotState.PENDING
        || slot.state() == SlotState.STOPPED
        || slot.state() == SlotState.FAILED;
  }

  private static Event event(EventKind kind, SlotStatus status) {
    return event(kind, status, status);
  }

  private static Event event(EventKind kind, SlotStatus about, SlotStatus now) {
    return Event.of(now.since(), about.slot(), kind, about.generation(), about.pid());
  }
}
