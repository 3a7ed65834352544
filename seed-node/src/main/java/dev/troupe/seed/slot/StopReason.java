package dev.troupe.seed.slot;

import java.time.Duration;

/** Why a slot stops its process. */
public sealed interface StopReason {
  /** Somebody ordered it. */
  enum ByOrder implements StopReason {
    INSTANCE
  }

  /** The process does not do what it should: the restart policy decides what follows. */
  sealed interface Failure extends StopReason {}

  /** No heartbeat for {@code silence}. */
  record Silent(Duration silence) implements Failure {}

  /** Not a ready member within {@code timeout} after its launch. */
  record NotReadyInTime(Duration timeout) implements Failure {}
}
