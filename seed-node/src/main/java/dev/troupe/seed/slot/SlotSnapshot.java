package dev.troupe.seed.slot;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot as it says it is.
 *
 * @param since when it became what it is {@link #shown()} as, by the clock: for show only. Of an
 *     adopted process that runs as it was found, when the process was started
 * @param at when it entered {@code state}, by the clock: for show only
 */
public record SlotSnapshot(SlotSpec spec, LifecycleState state, Instant since, Instant at) {
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

  /** Whether the process that the reason is about is the last one, and none is on its way. */
  private boolean hasEnded() {
    return state instanceof LifecycleState.BackingOff
        || state instanceof LifecycleState.Stopped
        || state instanceof LifecycleState.Retired;
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
      return failed.why() == GiveUpReason.Refused.INSTANCE
          ? "%s. Not launched again before: bin/troupe restart %s".formatted(last, spec.slot())
          : ReasonText.of(failed.why()) + "; last: " + last;
    }
    if (last != null) {
      return hasEnded() ? last : ReasonText.ofPrevious(state.history().lastPid(), last);
    }
    return state instanceof LifecycleState.AwaitingPermit ? "waits for its turn to start" : null;
  }
}
