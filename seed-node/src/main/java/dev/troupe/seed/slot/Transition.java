package dev.troupe.seed.slot;

import dev.troupe.protocol.registry.DeathCause;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What follows an event: the next state of the slot, and what its actor does, in this order. */
record Transition(LifecycleState state, List<Effect> effects) {
  Transition {
    effects = List.copyOf(effects);
  }

  /** What the actor of a slot does. */
  sealed interface Effect {}

  /** An effect without parameters. */
  enum Act implements Effect {
    REQUEST_PERMIT,
    /** Does nothing when the slot has no permit. */
    RELEASE_PERMIT,
    SPAWN,
    /** Kills the process that the launcher still hands over. */
    ABANDON_SPAWN,
    DUMP_THREADS,
    TERMINATE,
    KILL,
    CANCEL_TIMER
  }

  /** Replaces the running timer; {@link LifecycleEvent.TimedOut} follows after {@code delay}. */
  record StartTimer(Duration delay) implements Effect {}

  /** Tells the cluster that the process at {@code address} has ended. */
  record ConfirmDead(String address, DeathCause cause) implements Effect {}

  static Transition to(LifecycleState state, Effect... effects) {
    return new Transition(state, List.of(effects));
  }

  /** This transition, whose effects follow {@code first}. */
  Transition after(Effect... first) {
    return after(List.of(first));
  }

  Transition after(List<Effect> first) {
    return new Transition(state, Stream.concat(first.stream(), effects.stream()).toList());
  }

  /** This transition, after what the end of a process always has as its effects. */
  Transition afterEnd(SlotProcess process, DeathCause cause) {
    return after(Act.CANCEL_TIMER, new ConfirmDead(process.address(), cause), Act.RELEASE_PERMIT);
  }
}
