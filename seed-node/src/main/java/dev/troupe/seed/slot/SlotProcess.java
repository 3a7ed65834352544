package dev.troupe.seed.slot;

import dev.troupe.protocol.launch.ProcessIdentity;
import dev.troupe.seed.process.RunningProcess;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process of a slot, from launch to exit.
 *
 * @param launchedAt when it was launched or adopted, by the ticker
 * @param readyAt when it was first ready, by the ticker
 */
public record SlotProcess(
    int generation,
    ProcessIdentity identity,
    String address,
    Duration launchedAt,
    @Nullable Duration readyAt) {

  /** Of a process that has just been launched or found; reads {@code /proc}. */
  static SlotProcess of(int generation, RunningProcess process, Duration now) {
    return new SlotProcess(generation, process.identity(), process.address(), now, null);
  }

  public long pid() {
    return identity.pid();
  }

  SlotProcess ready(Duration now) {
    return readyAt == null ? new SlotProcess(generation, identity, address, launchedAt, now) : this;
  }

  Optional<Duration> readyFor(Duration now) {
    return Optional.ofNullable(readyAt).map(now::minus);
  }

  public @Nullable Long readyMillis() {
    return readyAt == null ? null : readyAt.minus(launchedAt).toMillis();
  }
}
