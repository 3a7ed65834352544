package dev.troupe.seed.slot;

import dev.troupe.seed.slot.LifecycleState.StopStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Says in the log what a transition means to an operator. */
final class TransitionLogger {
  private TransitionLogger() {}

  static void log(SlotSpec spec, LifecycleState before, LifecycleState now, Logger log) {
    String slot = spec.slot();
    SlotProcess ended = before.process();
    if (now.process() == null && ended != null) {
      ended(slot, ended, now.history().lastExit(), log);
    }
    if (now instanceof LifecycleState.Starting starting) {
      log.info("[{}] launched, pid {}", slot, starting.process().pid());
    } else if (now instanceof LifecycleState.Running running && isReadyNow(before)) {
      Long millis = running.process().readyMillis();
      log.info("[{}] running{}", slot, millis == null ? "" : ", ready after " + millis + " ms");
    } else if (now instanceof LifecycleState.Dumping dumping) {
      log.warn(
          "[{}] {}: dumping its threads, then relaunching", slot, ReasonText.of(dumping.failure()));
    } else if (now instanceof LifecycleState.BackingOff backingOff) {
      log.info("[{}] relaunch in {} ms", slot, backingOff.delay().toMillis());
    } else if (now instanceof LifecycleState.Failed failed) {
      if (failed.why() == GiveUpReason.Refused.INSTANCE) {
        log.error("[{}] failed: not launched again before: bin/troupe restart {}", slot, slot);
        return;
      }
      ExitReason last = now.history().lastExit();
      log.error(
          "[{}] failed: {}; last: {}",
          slot,
          ReasonText.of(failed.why()),
          last == null ? "unknown" : ReasonText.of(last));
    } else if (now instanceof LifecycleState.Stopping stopping) {
      stage(slot, stopping.process(), stopping.stage(), log);
    } else if (now instanceof LifecycleState.Retiring retiring) {
      stage(slot, retiring.process(), retiring.stage(), log);
    }
  }

  private static void ended(
      String slot, SlotProcess process, @Nullable ExitReason reason, Logger log) {
    if (reason instanceof ExitReason.Ended) {
      log.warn("[{}] pid {} {}", slot, process.pid(), ReasonText.of(reason));
    } else {
      log.debug("[{}] pid {} ended", slot, process.pid());
    }
  }

  private static boolean isReadyNow(LifecycleState before) {
    SlotProcess process = before.process();
    return process != null && process.readyAt() == null;
  }

  private static void stage(String slot, SlotProcess process, StopStage stage, Logger log) {
    switch (stage) {
      case TERM_SENT -> {}
      case KILL_SENT -> log.warn("[{}] pid {} did not end in time: KILL", slot, process.pid());
      case KILL_IGNORED -> log.error("[{}] pid {} is still there after KILL", slot, process.pid());
    }
  }
}
