package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryView;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AcquaintanceTest {
  private static final Duration FOR_EVER = Duration.ofMinutes(5);

  private final AtomicReference<RegistryView> view = new AtomicReference<>(RegistryView.EMPTY);

  @Test
  void whoIsNoMemberYetKnowsNothing() throws Exception {
    CompletableFuture<Void> known = await(Set.of(), Duration.ZERO);
    assertThat(isDoneSoon(known)).isFalse();

    view.set(new Views().ready("gateway", "gateway-1").build());

    known.get(20, TimeUnit.SECONDS);
  }

  @Test
  void allConfiguredServicesAreWaitedFor() throws Exception {
    CompletableFuture<Void> known = await(Set.of("UserService", "OrderService"), FOR_EVER);
    view.set(new Views().ready("gateway", "gateway-1").service(Views.users()).build());
    assertThat(isDoneSoon(known)).isFalse();

    view.set(
        new Views()
            .ready("gateway", "gateway-1")
            .service(Views.users())
            .service(Views.orders())
            .build());

    known.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aServiceThatNobodyHasHeardOfIsNotWaitedForForEver() throws Exception {
    view.set(new Views().ready("gateway", "gateway-1").build());

    await(Set.of("UserService"), Duration.ofMillis(50)).get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> await(Set<String> services, Duration news) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            new Acquaintance(view::get, services, news).await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        task -> {
          Thread thread = new Thread(task);
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static boolean isDoneSoon(CompletableFuture<Void> known) throws Exception {
    try {
      known.get(200, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }
}
