package dev.troupe.seed.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * Lets only some processes start at a time, in their order: on few processors more of them end
 * later, all of them. A permit is given back when the process is a member or has ended; it ends by
 * itself after a time that the others should not wait longer for.
 */
public final class LaunchPermits {
  /** How long a launch may keep the others from starting. */
  public static final Duration LONGEST = Duration.ofSeconds(10);

  private final int most;
  private final ToIntFunction<String> place;
  private final PriorityQueue<LaunchPermit> waiting =
      new PriorityQueue<>(
          Comparator.comparingInt(LaunchPermit::place).thenComparingLong(LaunchPermit::number));
  private final Set<LaunchPermit> granted = new HashSet<>();
  private long lastNumber;

  /**
   * @param most starts at a time; 0 stands for one per processor, and two at least
   * @param place of a service; of those that wait the lowest goes first
   */
  public LaunchPermits(int most, ToIntFunction<String> place) {
    this.most = most > 0 ? most : Math.max(2, Runtime.getRuntime().availableProcessors());
    this.place = place;
  }

  /** A permit for one launch of a slot of {@code service}; it is granted in its turn. */
  LaunchPermit request(String service) {
    LaunchPermit permit;
    synchronized (this) {
      permit = new LaunchPermit(this, place.applyAsInt(service), ++lastNumber);
      waiting.add(permit);
    }
    grant();
    return permit;
  }

  void release(LaunchPermit permit) {
    boolean freed;
    synchronized (this) {
      waiting.remove(permit);
      freed = granted.remove(permit);
    }
    if (freed) {
      grant();
    }
  }

  private void grant() {
    List<LaunchPermit> next = new ArrayList<>();
    synchronized (this) {
      while (granted.size() < most && !waiting.isEmpty()) {
        LaunchPermit permit = waiting.remove();
        granted.add(permit);
        next.add(permit);
      }
    }
    next.forEach(this::begin);
  }

  private void begin(LaunchPermit permit) {
    var unused =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(permit::release);
    permit.grant();
  }
}
