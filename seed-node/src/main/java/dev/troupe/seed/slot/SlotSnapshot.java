package dev.troupe.seed.slot;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slot reports of itself. The times are by the clock and only shown; no decision uses them.
 *
 * @param since when the slot entered the state that operators see, {@link #shown()}; for an adopted
 *     process that runs as it was found, when the process was started
 * @param at when the slot entered {@code state}
 */
public record SlotSnapshot(SlotSpec spec, LifecycleState state, Instant since, Instant at) {
  /** The first report of a slot. */
  static SlotSnapshot first(SlotSpec spec, LifecycleState state, Instant now) {
    SlotProcess process = state.process();
    return new SlotSnapshot(spec, state, process == null ? now : start(process, now), now);
  }

  /** The report that follows this one when the slot enters {@code next}. */
  SlotSnapshot next(LifecycleState next, Instant now) {
    boolean sameGeneration = state.history().generation() == next.history().generation();
    if (sameGeneration && state.shown() == next.shown()) {
      return new SlotSnapshot(spec, next, since, now);
    }
    SlotProcess process = next.process();
    SlotProcess earlier = state.process();
    boolean isSeenForTheFirstTime =
        sameGeneration
            && process != null
            && process.isAdopted()
            && earlier != null
            && earlier.readyAt() == null
            && isOnItsWay(next);
    return new SlotSnapshot(spec, next, isSeenForTheFirstTime ? start(process, now) : now, now);
  }

  private static boolean isOnItsWay(LifecycleState state) {
    return state.shown() == SlotState.LAUNCHING
        || state.shown() == SlotState.JOINING
        || state.shown() == SlotState.RUNNING;
  }

  // The epoch stands for an operating system that does not tell when the process started.
  private static Instant start(SlotProcess process, Instant now) {
    Instant start = process.identity().startedAt();
    return start.equals(Instant.EPOCH) || start.isAfter(now) ? now : start;
  }

  public String slot() {
    return spec.slot();
  }

  public String service() {
    return spec.service();
  }

  /** The state that operators see. */
  public SlotState shown() {
    return state.shown();
  }

  public @Nullable String address() {
    SlotProcess process = state.process();
    return process == null ? null : process.address();
  }

  /** What {@code bin/troupe status} shows of the slot. */
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
        spec.restart().left(history.relaunches().size()),
        history.exitCode(),
        reason(),
        cause == null ? List.of() : cause.exit().log());
  }

  /**
   * Whether no process runs and none is being launched, so that the reason is about the last one.
   */
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
