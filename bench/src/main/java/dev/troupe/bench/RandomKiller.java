package dev.troupe.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills random processes of a cluster after random pauses. */
final class RandomKiller {
  /** The most kills of the seed node in a window, so that one supervises most of the time. */
  private static final int MAX_SEED_KILLS = 4;

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(62);

  private final ClusterUnderTest product;
  private final Random random;
  private final long longestPauseMillis;
  private final Deque<Long> seeds = new ArrayDeque<>();

  /**
   * @param longestPauseMillis bounds the random part of the pauses between kills
   */
  RandomKiller(ClusterUnderTest product, Random random, long longestPauseMillis) {
    this.product = product;
    this.random = random;
    this.longestPauseMillis = longestPauseMillis;
  }

  /** Kills {@code times} processes, and returns how often each slot lost one. */
  Map<String, Integer> kill(int times) throws InterruptedException {
    Map<String, Integer> killed = new HashMap<>();
    for (int done = 0; done < times; ) {
      TimeUnit.MILLISECONDS.sleep(longestPauseMillis / 10 + random.nextLong(longestPauseMillis));
      Map<Long, String> living = product.processes();
      if (!maySeedDie()) {
        living.values().remove(Subsets.SEED);
      }
      // Sorted by slot, so that the same seed of the random numbers chooses the same slots.
      List<Map.Entry<Long, String>> victims =
          living.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
      if (victims.isEmpty()) {
        continue;
      }
      Map.Entry<Long, String> victim = victims.get(random.nextInt(victims.size()));
      product.kill(List.of(victim.getKey()));
      String slot = victim.getValue();
      killed.merge(slot, 1, Integer::sum);
      if (slot.equals(Subsets.SEED)) {
        seeds.add(System.nanoTime());
      }
      done++;
    }
    return killed;
  }

  private boolean maySeedDie() {
    long now = System.nanoTime();
    seeds.removeIf(then -> now - then > WINDOW_NANOS);
    return seeds.size() < MAX_SEED_KILLS;
  }
}
