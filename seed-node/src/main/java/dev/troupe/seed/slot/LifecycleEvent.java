package dev.troupe.seed.slot;

import dev.troupe.seed.process.Exit;
import java.util.Optional;

/** What can happen to a slot. */
public sealed interface LifecycleEvent extends SlotActor.Command {
  /** What an operator or the supervisor wants. */
  enum Order implements LifecycleEvent {
    /** Launch, if nothing runs; what a spent budget forbade is allowed again. */
    START,
    /** Stop in order, and stay stopped. */
    STOP,
    /** Stop in order if something runs, then launch. */
    RESTART,
    /** Stop in order, then be forgotten. A {@link #START} before that takes it back. */
    RETIRE
  }

  /** It is this slot's turn to launch a process. */
  enum PermitGranted implements LifecycleEvent {
    INSTANCE
  }

  /** The operating system has started the process. */
  record Spawned(SlotProcess process) implements LifecycleEvent {}

  /** The operating system has refused the process. */
  record SpawnFailed(int generation, String cause) implements LifecycleEvent {}

  /** What the cluster knows of the slot's process now. */
  record Observed(InstanceObservation observation) implements LifecycleEvent {}

  /** The process has ended. */
  record Exited(int generation, Exit exit) implements LifecycleEvent {}

  /** The process was asked to write its threads; {@code whyNot} if it could not be. */
  record ThreadsDumped(int generation, Optional<String> whyNot) implements LifecycleEvent {}

  /** The time that the state of the slot allows is over. */
  enum TimedOut implements LifecycleEvent {
    INSTANCE
  }
}
