package dev.troupe.seed.slot;

import dev.troupe.protocol.control.SlotState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a slot is in its life; {@link SlotLifecycle} decides what follows. */
public sealed interface LifecycleState {
  LaunchHistory history();

  /** As operators see it: several of these states are one to them. */
  SlotState shown();

  /** The living process, if there is one. */
  default @Nullable SlotProcess process() {
    return null;
  }

  /** Whether the slot is forgotten as soon as its process is gone. */
  default boolean isRetiring() {
    return false;
  }

  /** A state with a process that is not being stopped. */
  sealed interface Alive extends LifecycleState {
    @Override
    SlotProcess process();
  }

  /** Waits to be started for the first time. */
  record Pending(LaunchHistory history) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.PENDING;
    }
  }

  /** Waits for its turn to launch a process. */
  record AwaitingPermit(LaunchHistory history) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.LAUNCHING;
    }
  }

  /** The operating system is starting the process. */
  record Spawning(LaunchHistory history) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.LAUNCHING;
    }
  }

  /** The operating system is starting a process that is no longer wanted. */
  record Withdrawing(LaunchHistory history, boolean isRetiring) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.STOPPING;
    }
  }

  /** A process of an earlier seed node; this one is not yet in the cluster and judges nobody. */
  record Adopted(LaunchHistory history, SlotProcess process) implements Alive {
    @Override
    public SlotState shown() {
      return SlotState.LAUNCHING;
    }
  }

  /** The process runs, but is not yet a member of the cluster. */
  record Starting(LaunchHistory history, SlotProcess process) implements Alive {
    @Override
    public SlotState shown() {
      return SlotState.LAUNCHING;
    }
  }

  /** A member of the cluster, but not yet ready. */
  record Joining(LaunchHistory history, SlotProcess process) implements Alive {
    @Override
    public SlotState shown() {
      return SlotState.JOINING;
    }
  }

  record Running(LaunchHistory history, SlotProcess process) implements Alive {
    @Override
    public SlotState shown() {
      return SlotState.RUNNING;
    }
  }

  /**
   * The instance says itself that it cannot work now.
   *
   * @param report why, in its own words
   * @param late whether it has never been ready, and should have been by now
   */
  record Unhealthy(LaunchHistory history, SlotProcess process, String report, boolean late)
      implements Alive {
    @Override
    public SlotState shown() {
      return SlotState.UNHEALTHY;
    }
  }

  /**
   * The slot has given up on the process: first the process dumps its threads, then it is stopped.
   */
  record Dumping(LaunchHistory history, SlotProcess process, StopReason.Failure failure)
      implements Alive {
    @Override
    public SlotState shown() {
      return SlotState.UNHEALTHY;
    }
  }

  /** How far the stop of a process has come. */
  enum StopStage {
    TERM_SENT,
    KILL_SENT,
    /** The process is there although it got KILL. */
    KILL_IGNORED
  }

  /** What follows when a process that is being stopped has ended. */
  enum Then {
    REST,
    LAUNCH,
    /** The process was stopped because it failed: the restart policy decides. */
    DECIDE
  }

  /** The process was asked to end. */
  record Stopping(
      LaunchHistory history,
      SlotProcess process,
      StopReason reason,
      @Nullable String noDump,
      Then then,
      StopStage stage)
      implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.STOPPING;
    }
  }

  /** The process was asked to end, and its slot with it. */
  record Retiring(LaunchHistory history, SlotProcess process, StopStage stage)
      implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.STOPPING;
    }

    @Override
    public boolean isRetiring() {
      return true;
    }
  }

  /** Waits {@code delay} before it is launched again. */
  record BackingOff(LaunchHistory history, Duration delay) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.BACKING_OFF;
    }
  }

  record Stopped(LaunchHistory history) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.STOPPED;
    }
  }

  /** The restart policy has given up; only an order launches a process again. */
  record Failed(LaunchHistory history, GiveUpReason why) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.FAILED;
    }
  }

  /** The slot has no process and is removed. */
  record Retired(LaunchHistory history) implements LifecycleState {
    @Override
    public SlotState shown() {
      return SlotState.STOPPED;
    }

    @Override
    public boolean isRetiring() {
      return true;
    }
  }
}
