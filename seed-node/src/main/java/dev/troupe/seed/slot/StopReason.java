package dev.troupe.seed.slot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a slot stops its process. */
public sealed interface StopReason {
  /** An operator or the supervisor ordered the stop. */
  enum ByOrder implements StopReason {
    INSTANCE
  }

  /** The process failed; after its end the restart policy decides what follows. */
  sealed interface Failure extends StopReason {}

  /**
   * No heartbeat for {@code silence}.
   *
   * @param report what it last said was wrong with it, if it did: it may be what it is stuck in
   */
  record Silent(Duration silence, @Nullable String report) implements Failure {
    public Silent(Duration silence) {
      this(silence, null);
    }
  }

  /**
   * Not a ready member within {@code timeout}.
   *
   * @param isAdopted whether that counts from when this seed node could see an adopted process, and
   *     not from the launch
   */
  record NotReadyInTime(Duration timeout, boolean isAdopted) implements Failure {}
}
