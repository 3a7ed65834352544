package dev.troupe.seed.process;

import dev.troupe.protocol.launch.Liveness;
import java.time.Instant;
import java.util.Optional;

/** Tells processes of this machine from each other. */
public final class Processes {
  private Processes() {}

  /** The living process with this pid and start time: a pid alone may have been given anew. */
  public static Optional<ProcessHandle> find(long pid, Instant startedAt) {
    return ProcessHandle.of(pid)
        .filter(Liveness::isAlive)
        .filter(handle -> startOf(handle).equals(startedAt));
  }

  /** When the operating system started it; the epoch if it does not say. */
  public static Instant startOf(ProcessHandle handle) {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }

  /** As {@link #startOf(ProcessHandle)}; the epoch also if there is no such process. */
  public static Instant startOf(long pid) {
    return ProcessHandle.of(pid).map(Processes::startOf).orElse(Instant.EPOCH);
  }
}
