package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.launch.SeedExit;
import dev.troupe.seed.process.Exit;
import java.time.Instant;

/** What the launcher left about the seed node before this one, for operators. */
public final class PreviousSeed {
  private PreviousSeed() {}

  /** How it ended, in words. */
  public static String reason(SeedExit end) {
    return end.reason() == null ? new Exit(end.exitCode(), end.log()).reason() : end.reason();
  }

  /**
   * @param launched when the next one was, which is known less exactly
   */
  static Event exited(String slot, SeedExit end, Instant launched) {
    Instant at = end.at().isAfter(launched) ? launched : end.at();
    return Event.of(at, slot, EventKind.EXITED, end.generation(), end.pid())
        .exited(end.exitCode(), end.log())
        .by(end.by())
        .withReason(reason(end));
  }
}
