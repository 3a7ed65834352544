package dev.troupe.seed.slot;

import dev.troupe.seed.process.RunningProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process of a slot, from launch to exit.
 *
 * @param at when it was launched or adopted
 * @param readyAt when it was first ready
 */
record Launched(int generation, RunningProcess process, Instant at, @Nullable Instant readyAt) {

  Launched ready(Instant now) {
    return readyAt == null ? new Launched(generation, process, at, now) : this;
  }

  Optional<Duration> readyFor(Instant now) {
    return Optional.ofNullable(readyAt).map(since -> Duration.between(since, now));
  }

  @Nullable Long readyMillis() {
    return readyAt == null ? null : Duration.between(at, readyAt).toMillis();
  }
}
