package dev.troupe.seed.slot;

import org.jspecify.annotations.Nullable;

/** The texts of reasons, as the status, the journal and the log show them. */
public final class ReasonText {
  private ReasonText() {}

  public static String of(StopReason reason) {
    if (reason instanceof StopReason.Silent silent) {
      String silence = "no heartbeat for %d s".formatted(silent.silence().toSeconds());
      return silent.report() == null ? silence : silence + ", after it said: " + silent.report();
    }
    if (reason instanceof StopReason.NotReadyInTime late) {
      return "not ready within %d s after %s"
          .formatted(
              late.timeout().toSeconds(), late.isAdopted() ? "it was adopted" : "its launch");
    }
    return "by order";
  }

  public static String of(ExitReason reason) {
    if (reason instanceof ExitReason.LaunchFailed failed) {
      return "could not be launched: " + failed.cause();
    }
    if (reason instanceof ExitReason.Stopped stopped) {
      return stopped(stopped);
    }
    return reason.exit().reason();
  }

  public static String of(GiveUpReason reason) {
    if (!(reason instanceof GiveUpReason.BudgetSpent spent)) {
      return "refused to start; a relaunch would be refused too";
    }
    String span =
        spent
            .window()
            .map(window -> "in %d s".formatted(window.toSeconds()))
            .orElse("without getting ready");
    return "gave up after %d relaunches %s".formatted(spent.relaunches(), span);
  }

  /**
   * The reason of a process that has ended, for a status that shows a later process of the slot.
   *
   * @param pid null if the launch failed
   */
  public static String ofPrevious(@Nullable Long pid, String reason) {
    return (pid == null ? "previous launch: " : "previous pid " + pid + ": ") + reason;
  }

  static String of(StopReason why, @Nullable String noDump) {
    return noDump == null ? of(why) : "%s (%s)".formatted(of(why), noDump);
  }

  /**
   * Why an instance is unhealthy: what the instance reports, after the start timeout if that was
   * exceeded.
   */
  public static String of(LifecycleState.Unhealthy unhealthy, SlotSpec spec) {
    return unhealthy.late()
        ? of(new StopReason.NotReadyInTime(spec.startTimeout(), unhealthy.process().isAdopted()))
            + ": "
            + unhealthy.report()
        : unhealthy.report();
  }

  private static String stopped(ExitReason.Stopped stopped) {
    if (stopped.why() instanceof StopReason.Failure failure) {
      return of(failure, stopped.noDump());
    }
    return stopped.killed() ? "stopped by order, with KILL" : "stopped by order";
  }
}
