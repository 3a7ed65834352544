package dev.troupe.seed.slot;

import dev.troupe.protocol.registry.DeathCause;
import java.time.Duration;

/** What a transition of a slot makes the actor do. */
sealed interface LifecycleEffect {
  /** What needs no more words. */
  enum Act implements LifecycleEffect {
    REQUEST_PERMIT,
    /** Done twice it does nothing. */
    RELEASE_PERMIT,
    SPAWN,
    /** Whatever process the launcher still hands back is ended. */
    ABANDON_SPAWN,
    DUMP_THREADS,
    TERMINATE,
    KILL,
    CANCEL_TIMER
  }

  /** Replaces the timer that runs; {@link LifecycleEvent.TimedOut} follows. */
  record StartTimer(Duration delay) implements LifecycleEffect {}

  /** The process at {@code address} has ended: tell the cluster. */
  record ConfirmDead(String address, DeathCause cause) implements LifecycleEffect {}
}
