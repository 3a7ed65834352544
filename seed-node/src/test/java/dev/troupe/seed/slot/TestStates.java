package dev.troupe.seed.slot;

import dev.troupe.protocol.launch.ProcessIdentity;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.seed.process.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** States of a slot {@code A-1} of a service {@code A}, for tests of what is made of them. */
public final class TestStates {
  public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  public static final String ADDRESS = "pekko://troupe@127.0.0.1:25001";

  private TestStates() {}

  /** After launches of which the last had this generation. */
  public static LaunchHistory history(int generation) {
    return LaunchHistory.of(generation);
  }

  /** As {@link #history(int)}, after an exit and one relaunch that counts. */
  public static LaunchHistory history(int generation, ExitReason lastExit) {
    return LaunchHistory.of(generation).ended(lastExit).relaunchedAt(Duration.ZERO);
  }

  /** As {@link #history(int, ExitReason)}, but the launch after the exit was ordered. */
  public static LaunchHistory ordered(int generation, ExitReason lastExit) {
    return LaunchHistory.of(generation).ended(lastExit).reset();
  }

  /** A process that is not ready yet. */
  public static SlotProcess process(int generation, long pid) {
    return new SlotProcess(
        generation, new ProcessIdentity(pid, AT, null), ADDRESS, Duration.ZERO, null);
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
        AT);
  }
}
