package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.util.Optional;

/** Says how the last process of a slot ended and what came of it. */
final class ExitSentence {
  private ExitSentence() {}

  /**
   * @param beginning like {@code Before that, }
   */
  static String of(LastExit last, String beginning, Moments moments) {
    Event exit = last.exit();
    return "%sgeneration %d%s %s at %s, %s%s."
        .formatted(
            beginning,
            exit.generation(),
            exit.pid() == null ? "" : " (pid " + exit.pid() + ")",
            how(last),
            moments.at(exit.at()),
            age(last),
            consequence(last));
  }

  private static String how(LastExit last) {
    String end = end(last.exit());
    return last.stopped()
        .map(
            why ->
                why.equals(LastExit.BY_ORDER)
                    ? "was stopped by order and " + end
                    : "was stopped (" + why + ") and " + end)
        .orElse(end);
  }

  private static String end(Event exit) {
    if (exit.signal() != null) {
      return "was killed by " + exit.signal();
    }
    if (exit.exitCode() == null) {
      return String.valueOf(exit.reason());
    }
    return exit.reason() == null
        ? "ended with exit code " + exit.exitCode()
        : "ended with " + exit.reason();
  }

  private static String age(LastExit last) {
    return last.ready()
        .map(ready -> Moments.between(ready.at(), last.exit().at()) + " after it was ready")
        .orElse("before it was ready");
  }

  private static String consequence(LastExit last) {
    Optional<Event> relaunching = last.followedBy(EventKind.RELAUNCHING);
    if (relaunching.isEmpty()) {
      return last.followedBy(EventKind.BACKING_OFF).isPresent()
          ? "; it waits for its next launch"
          : "";
    }
    boolean waited = last.followedBy(EventKind.BACKING_OFF).isPresent();
    String relaunched =
        waited
            ? "; it was relaunched after a wait of "
                + Moments.between(last.exit().at(), relaunching.get().at())
            : "; it was relaunched at once";
    return relaunched
        + last.followedBy(EventKind.READY)
            .map(
                ready ->
                    " and ready " + Moments.between(relaunching.get().at(), ready.at()) + " later")
            .orElse(" and is not ready yet");
  }
}
