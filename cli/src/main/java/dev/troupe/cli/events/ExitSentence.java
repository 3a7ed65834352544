package dev.troupe.cli.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.launch.NodeExit;
import java.util.Optional;

/** Says how the last process of a slot ended and what came of it. */
final class ExitSentence {
  private static final String TERM = "SIGTERM";
  private static final String KILL = "SIGKILL";

  private ExitSentence() {}

  /**
   * @param followed whether another process has taken its place
   */
  static String of(LastExit last, boolean followed, TimeFormat moments) {
    Event exit = last.exit();
    String whose =
        followed
            ? "Before that, generation %d (pid %d)"
            : "Its last process (generation %d, pid %d)";
    return "%s %s at %s%s%s."
        .formatted(
            whose.formatted(exit.generation(), exit.pid()),
            how(last),
            moments.at(exit.at()),
            age(last),
            consequence(last));
  }

  private static String how(LastExit last) {
    Event exit = last.exit();
    if (last.stopping().isEmpty()) {
      return end(exit);
    }
    Event stopping = last.stopping().get();
    String stopped =
        stopping.by() == Initiator.OPERATOR
            ? "was stopped by order"
            : "was stopped (" + stopping.reason() + ")";
    if (TERM.equals(exit.signal()) || exit.exitCode() == null || exit.exitCode() == 0) {
      return stopped;
    }
    return KILL.equals(exit.signal())
        ? stopped + ", did not end in time and was killed by SIGKILL"
        : stopped + " and " + end(exit);
  }

  private static String end(Event exit) {
    // Whoever killed it without an order to stop has said why.
    boolean killedByOrder = exit.by() == Initiator.OPERATOR && KILL.equals(exit.signal());
    if (exit.by() == Initiator.LAUNCHER || (killedByOrder && exit.reason() != null)) {
      return "was " + exit.reason();
    }
    if (TERM.equals(exit.signal())) {
      return "was ended by " + exit.signal();
    }
    if (KILL.equals(exit.signal()) || (exit.signal() != null && exit.reason() == null)) {
      return "was killed by " + exit.signal();
    }
    if (exit.signal() != null) {
      // A crash: the reason names the signal, and where the JVM was.
      return "was " + exit.reason();
    }
    if (exit.reason() == null) {
      return "ended";
    }
    if (exit.exitCode() == null) {
      return "ended (" + exit.reason() + ")";
    }
    boolean meant = NodeExit.of(exit.exitCode()).filter(code -> !code.isSuccess()).isPresent();
    return meant ? exit.reason() : "ended with " + exit.reason();
  }

  private static String age(LastExit last) {
    return last.ready()
        .map(
            ready ->
                ", " + TimeFormat.between(ready.at(), last.exit().at()) + " after it was ready")
        // Where the journal does not go back to its launch, it may have been ready.
        .orElse(last.launched() ? ", before it was ready" : "");
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
                + TimeFormat.between(last.exit().at(), relaunching.get().at())
            : "; it was relaunched at once";
    return relaunched
        + last.followedBy(EventKind.READY)
            .map(
                ready ->
                    " and ready "
                        + TimeFormat.between(relaunching.get().at(), ready.at())
                        + " later")
            .orElse(" and is not ready yet");
  }
}
