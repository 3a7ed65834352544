package dev.troupe.seed.slot;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.seed.process.RunningProcess;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process of a slot, from launch to exit.
 *
 * @param launchedAt when it was launched or adopted, by the ticker
 * @param isAdopted whether an earlier seed node launched it, so that nobody here knows when it was
 *     first ready
 * @param readyAt when it was first ready, by the ticker
 */
public record SlotProcess(
    int generation,
    ProcessIdentity identity,
    String address,
    Duration launchedAt,
    boolean isAdopted,
    @Nullable Duration readyAt) {

  /** Of a process that has just been launched; reads {@code /proc}. */
  static SlotProcess launched(int generation, RunningProcess process, Duration now) {
    return new SlotProcess(generation, process.identity(), process.address(), now, false, null);
  }

  /** Of a process that was found; reads {@code /proc}. */
  static SlotProcess adopted(int generation, RunningProcess process, Duration now) {
    return new SlotProcess(generation, process.identity(), process.address(), now, true, null);
  }

  public long pid() {
    return identity.pid();
  }

  SlotProcess ready(Duration now) {
    return readyAt == null
        ? new SlotProcess(generation, identity, address, launchedAt, isAdopted, now)
        : this;
  }

  Optional<Duration> readyFor(Duration now) {
    return Optional.ofNullable(readyAt).map(now::minus);
  }

  /** From its launch until it was first ready; null if that is not known, or it has not been. */
  public @Nullable Long readyMillis() {
    return readyAt == null || isAdopted ? null : readyAt.minus(launchedAt).toMillis();
  }
}
