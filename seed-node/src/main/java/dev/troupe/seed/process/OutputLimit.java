package dev.troupe.seed.process;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * Truncates the output files of all slots periodically, so that no process can fill the disk by
 * printing. The faster a slot prints, the shorter is the pause between two checks.
 */
public final class OutputLimit {
  static final Duration SHORTEST = Duration.ofMillis(50);
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final Set<String> slots;
  private final Function<String, SlotFiles> files;
  private final long maxBytes;
  private final Map<String, Long> printed = new HashMap<>();
  private long lastLook = System.nanoTime();

  /**
   * @param slots the names of all slots that have had a process; more may be added at any time
   * @param maxBytes of the output file of one slot
   */
  OutputLimit(Set<String> slots, Function<String, SlotFiles> files, long maxBytes) {
    this.slots = slots;
    this.files = files;
    this.maxBytes = maxBytes;
  }

  /** Checks the files until {@code system} has terminated, on a blocking dispatcher. */
  public void start(ActorSystem<?> system) {
    cutAfter(LONGEST, system);
  }

  private void cutAfter(Duration delay, ActorSystem<?> system) {
    system
        .scheduler()
        .scheduleOnce(
            delay,
            () -> {
              Duration next = LONGEST;
              try {
                next = cut();
              } catch (IOException e) {
                system.log().warn("the output of the slots could not be bounded: {}", e.toString());
              }
              if (!system.whenTerminated().isCompleted()) {
                cutAfter(next, system);
              }
            },
            system.dispatchers().lookup(DispatcherSelector.blocking()));
  }

  /**
   * Truncates the files that exceed the limit; blocks.
   *
   * @return the pause until the next check
   */
  synchronized Duration cut() throws IOException {
    long now = System.nanoTime();
    long most = 0;
    for (String slot : slots) {
      SlotFiles slotFiles = files.apply(slot);
      long size = slotFiles.outSize();
      most = Math.max(most, size - printed.getOrDefault(slot, size));
      printed.put(slot, slotFiles.boundOut());
    }
    Duration since = Duration.ofNanos(Math.max(1, now - lastLook));
    lastLook = now;
    return nextLook(most, since, maxBytes);
  }

  /**
   * @param printed bytes that the fastest slot has printed since the last check
   * @param since the time since the last check; more than zero
   * @param bound of the output of one slot in bytes; more than zero
   */
  static Duration nextLook(long printed, Duration since, long bound) {
    if (printed <= 0) {
      return LONGEST;
    }
    // Check after each quarter of the bound, since a process may print faster at any time.
    double seconds = since.toNanos() / 1e9 * bound / 4 / printed;
    if (seconds >= LONGEST.toNanos() / 1e9) {
      return LONGEST;
    }
    Duration next = Duration.ofNanos((long) (seconds * 1e9));
    return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
  }
}
