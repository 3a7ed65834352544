package dev.troupe.cli.process;

import java.util.Objects;

/**
 * A process of a cluster. Its handle stays this process, even when another process gets its pid.
 */
public record ClusterProcess(ProcessHandle handle, String slot) {
  public static final String SEED_SLOT = "seed-1";

  public long pid() {
    return handle.pid();
  }

  public boolean isSeed() {
    return slot.equals(SEED_SLOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterProcess that && handle.equals(that.handle);
  }

  @Override
  public int hashCode() {
    return Objects.hash(handle);
  }

  @Override
  public String toString() {
    return slot + " (pid " + pid() + ")";
  }
}
