package dev.troupe.seed.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * Limits how many processes start at the same time, and in which order: on few processors, many
 * processes that start together would all become ready later. A launch releases its permit when its
 * process is a member or has ended; a permit expires after {@link #LONGEST}.
 */
public final class LaunchPermits {
  /** The longest time for which a launch may keep others from starting. */
  public static final Duration LONGEST = Duration.ofSeconds(10);

  /** The right to start one process; safe for any thread. */
  static final class Permit {
    private final LaunchPermits permits;
    private final int place;
    private final long number;
    private final CompletableFuture<Void> granted = new CompletableFuture<>();

    private Permit(LaunchPermits permits, int place, long number) {
      this.permits = permits;
      this.place = place;
      this.number = number;
    }

    /** Completes when the process may be started; never if the permit is released before. */
    CompletionStage<Void> granted() {
      return granted;
    }

    /** Gives the permit back, granted or not. */
    void release() {
      permits.release(this);
    }
  }

  private final int most;
  private final ToIntFunction<String> place;
  private final PriorityQueue<Permit> waiting =
      new PriorityQueue<>(
          Comparator.comparingInt((Permit permit) -> permit.place)
              .thenComparingLong(permit -> permit.number));
  private final Set<Permit> granted = new HashSet<>();
  private long lastNumber;

  /**
   * @param most the number of starts at a time; 0 means one per processor, but at least two
   * @param place of a service in the order of starts; the lowest starts first
   */
  public LaunchPermits(int most, ToIntFunction<String> place) {
    this.most = most > 0 ? most : Math.max(2, Runtime.getRuntime().availableProcessors());
    this.place = place;
  }

  /** A permit for one launch of a slot of {@code service}, granted when its turn comes. */
  Permit request(String service) {
    Permit permit;
    synchronized (this) {
      permit = new Permit(this, place.applyAsInt(service), ++lastNumber);
      waiting.add(permit);
    }
    grant();
    return permit;
  }

  private void release(Permit permit) {
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
    List<Permit> next = new ArrayList<>();
    synchronized (this) {
      while (granted.size() < most && !waiting.isEmpty()) {
        Permit permit = waiting.remove();
        granted.add(permit);
        next.add(permit);
      }
    }
    next.forEach(this::begin);
  }

  private void begin(Permit permit) {
    var unused =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(permit::release);
    permit.granted.complete(null);
  }
}
