package dev.troupe.gateway;

import dev.troupe.node.registry.RegistryView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits until this node has read the registry from the other members of the cluster. */
final class RegistryWarmup {
  private static final long CHECK_INTERVAL_MILLIS = 20;

  private final Supplier<RegistryView> registry;

  RegistryWarmup(Supplier<RegistryView> registry) {
    this.registry = registry;
  }

  /** Blocks without a time limit: becoming a member may take any time. */
  void await() throws InterruptedException {
    while (!registry.get().synced()) {
      TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL_MILLIS);
    }
  }

  /**
   * Blocks for up to {@code longest}.
   *
   * @throws IllegalStateException when the registry has not been read by then
   */
  void await(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!registry.get().synced()) {
      if (System.nanoTime() - end >= 0) {
        throw new IllegalStateException("has not read the registry from the other nodes yet");
      }
      TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL_MILLIS);
    }
  }
}
