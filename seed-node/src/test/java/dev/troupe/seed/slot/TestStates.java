package dev.troupe.seed.slot;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.seed.process.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** States of a slot {@code A-1} of a service {@code A}, for tests of what is made of them. */
public final class TestStates {
  public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  public static final String ADDRESS = "pekko://troupe@127.0.0.1:25001";

  /** The pid of the process that ended last. */
  public static final long PREVIOUS = 6;

  private TestStates() {}

  /** After launches of which the last had this generation. */
  public static LaunchHistory history(int generation) {
    return LaunchHistory.of(generation);
  }

  /** As {@link #history(int)}, after an exit and one relaunch that counts. */
  public static LaunchHistory history(int generation, ExitReason lastExit) {
    return LaunchHistory.of(generation)
        .ended(process(generation, PREVIOUS), lastExit)
        .relaunchedAt(Duration.ZERO);
  }

  /** As {@link #history(int, ExitReason)}, but the launch after the exit was ordered. */
  public static LaunchHistory ordered(int generation, ExitReason lastExit) {
    return LaunchHistory.of(generation).ended(process(generation, PREVIOUS), lastExit).reset();
  }

  /** A process that is not ready yet. */
  public static SlotProcess process(int generation, long pid) {
    return new SlotProcess(
        generation, new ProcessIdentity(pid, AT, null), ADDRESS, Duration.ZERO, false, null);
  }

  /** As {@link #adopted}, and it was seen to be ready. */
  public static SlotProcess adoptedAndReady(int generation, long pid) {
    return adopted(generation, pid).ready(Duration.ofSeconds(2));
  }

  /** A process that an earlier seed node launched. */
  public static SlotProcess adopted(int generation, long pid) {
    return new SlotProcess(
        generation, new ProcessIdentity(pid, AT, null), ADDRESS, Duration.ZERO, true, null);
  }

  /** A process that was ready after 1.5 s. */
  public static SlotProcess ready(int generation, long pid) {
    return process(generation, pid).ready(Duration.ofMillis(1500));
  }

  public static ExitReason ended(Integer code, String... log) {
    return new ExitReason.Ended(new Exit(code, List.of(log)));
  }

  public static ExitReason stopped(StopReason why, Integer code, String... log) {
    return new ExitReason.Stopped(why, null, false, new Exit(code, List.of(log)));
  }

  public static SlotSnapshot snapshot(LifecycleState state) {
    SlotSpec spec = SlotFixture.spec(Policy.ALWAYS);
    return new SlotSnapshot(
        new SlotSpec("A-1", "A", spec.restart(), spec.health(), spec.stop(), spec.startTimeout()),
        state,
        AT,
        AT);
  }
}
