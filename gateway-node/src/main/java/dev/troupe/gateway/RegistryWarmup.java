package dev.troupe.gateway;

import dev.troupe.node.registry.RegistryView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits until a gateway has read what the other members know: which services there are, and where.
 */
final class RegistryWarmup {
  private static final long LOOK_MILLIS = 20;

  private final Supplier<RegistryView> registry;

  RegistryWarmup(Supplier<RegistryView> registry) {
    this.registry = registry;
  }

  /** Blocks until it has, however long it takes to become a member. */
  void await() throws InterruptedException {
    while (!registry.get().synced()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /**
   * Blocks until it has.
   *
   * @throws IllegalStateException when it has not after {@code longest}
   */
  void await(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!registry.get().synced()) {
      if (System.nanoTime() - end >= 0) {
        throw new IllegalStateException("has not heard from the other nodes yet what runs");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
