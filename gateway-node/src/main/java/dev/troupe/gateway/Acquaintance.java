package dev.troupe.gateway;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits until a gateway knows the services it is to serve. One that shares its port with others
 * would be given connections as soon as it listens, and answer with less than they know.
 */
final class Acquaintance {
  private static final long LOOK_MILLIS = 20;

  private final Supplier<RegistryView> registry;
  private final Set<String> services;
  private final Duration news;

  /**
   * @param services that are configured
   * @param news how long what the others know may take to reach a new member; a service that is
   *     unknown after that has never been ready
   */
  Acquaintance(Supplier<RegistryView> registry, Set<String> services, Duration news) {
    this.registry = registry;
    this.services = Set.copyOf(services);
    this.news = news;
  }

  /** Blocks until this node is a member of the cluster and has heard what there is to know. */
  void await() throws InterruptedException {
    while (!isMember()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    long end = System.nanoTime() + news.toNanos();
    while (!registry.get().services().keySet().containsAll(services) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private boolean isMember() {
    return registry.get().members().stream().filter(MemberView::self).anyMatch(MemberView::isUp);
  }
}
