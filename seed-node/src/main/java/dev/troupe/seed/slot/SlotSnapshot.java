package dev.troupe.seed.slot;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot as it says it is.
 *
 * @param since when it entered {@code state}, by the clock: for show only
 */
public record SlotSnapshot(SlotSpec spec, LifecycleState state, Instant since) {
  public String slot() {
    return spec.slot();
  }

  public String service() {
    return spec.service();
  }

  /** As operators see it. */
  public SlotState shown() {
    return state.shown();
  }

  public @Nullable String address() {
    SlotProcess process = state.process();
    return process == null ? null : process.address();
  }

  /** As {@code status} shows it. */
  public SlotStatus status() {
    SlotProcess process = state.process();
    LaunchHistory history = state.history();
    ExitReason cause = history.cause();
    return new SlotStatus(
        spec.slot(),
        spec.service(),
        state.shown(),
        history.generation(),
        process == null ? null : process.pid(),
        process == null ? null : process.address(),
        since,
        process == null ? null : process.readyMillis(),
        history.relaunches().size(),
        history.exitCode(),
        reason(),
        cause == null ? List.of() : cause.exit().log());
  }

  private @Nullable String reason() {
    if (state instanceof LifecycleState.Unhealthy unhealthy) {
      return ReasonText.of(unhealthy, spec);
    }
    if (state instanceof LifecycleState.Dumping dumping) {
      return ReasonText.of(dumping.failure());
    }
    if (state instanceof LifecycleState.Stopping stopping
        && stopping.reason() instanceof StopReason.Failure failure) {
      return ReasonText.of(failure, stopping.noDump());
    }
    if (state instanceof LifecycleState.Adopted) {
      return "found running; judged once this seed node is in its cluster";
    }
    ExitReason cause = state.history().cause();
    String last = cause == null ? null : ReasonText.of(cause);
    if (state instanceof LifecycleState.Failed failed) {
      return ReasonText.of(failed.spent()) + "; last: " + last;
    }
    return last == null && state instanceof LifecycleState.AwaitingPermit
        ? "waits for its turn to start"
        : last;
  }
}
