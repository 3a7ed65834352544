package dev.troupe.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills random processes of a cluster, with random pauses. */
final class Killer {
  /** The launcher gives up on a seed node that dies more than five times a minute. */
  private static final int MOST_SEEDS = 4;

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(62);

  private final Product product;
  private final Random random;
  private final long longestPauseMillis;
  private final Deque<Long> seeds = new ArrayDeque<>();

  /**
   * @param longestPauseMillis of pauses between kills; their mean is a bit more than half of it
   */
  Killer(Product product, Random random, long longestPauseMillis) {
    this.product = product;
    this.random = random;
    this.longestPauseMillis = longestPauseMillis;
  }

  /** Kills as often as told, and tells how often which slot. */
  Map<String, Integer> kill(int times) throws InterruptedException {
    Map<String, Integer> killed = new HashMap<>();
    for (int done = 0; done < times; ) {
      TimeUnit.MILLISECONDS.sleep(longestPauseMillis / 10 + random.nextLong(longestPauseMillis));
      Map<String, Long> living = product.processes();
      List<String> slots = new ArrayList<>(living.keySet().stream().sorted().toList());
      if (!maySeedDie()) {
        slots.remove(Subsets.SEED);
      }
      if (slots.isEmpty()) {
        continue;
      }
      String slot = slots.get(random.nextInt(slots.size()));
      product.kill(List.of(living.get(slot)));
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
    return seeds.size() < MOST_SEEDS;
  }
}
