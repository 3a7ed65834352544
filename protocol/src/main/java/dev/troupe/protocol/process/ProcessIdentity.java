package dev.troupe.protocol.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a process of this machine, also after its pid was given to another process. The start
 * by the time of day is not enough: Linux counts it in ticks since boot, and each JVM adds the time
 * of boot as it was when that JVM asked, which differs after the clock was set.
 *
 * @param startedAt by the time of day; the epoch if the system does not say
 * @param sinceBoot the identifier of the machine's boot and the clock ticks from there to the start
 *     of the process; null where the system does not say
 */
public record ProcessIdentity(long pid, Instant startedAt, @Nullable String sinceBoot) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  // A pid is not reused within this time, and small corrections of the clock stay below it.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Of a process that is there; reads {@code /proc}. */
  public static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(
        process.pid(),
        process.info().startInstant().orElse(Instant.EPOCH),
        ProcessStat.of(process.pid()).map(stat -> bootId() + ":" + stat.startTicks()).orElse(null));
  }

  /** The process, if it still lives; reads {@code /proc}. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessLiveness::isAlive)
        .filter(found -> isSameAs(of(found)));
  }

  /** Whether both are of one process, whatever was done to the clock between the two looks. */
  public boolean isSameAs(ProcessIdentity other) {
    if (pid != other.pid) {
      return false;
    }
    if (sinceBoot != null && other.sinceBoot != null) {
      return sinceBoot.equals(other.sinceBoot);
    }
    return Duration.between(startedAt, other.startedAt).abs().compareTo(TOLERANCE) <= 0;
  }

  private static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException hidden) {
      return "";
    }
  }
}
