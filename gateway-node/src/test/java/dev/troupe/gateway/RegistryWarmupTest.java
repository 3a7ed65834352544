package dev.troupe.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.node.registry.RegistryView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RegistryWarmupTest {
  private final AtomicReference<RegistryView> view = new AtomicReference<>(RegistryView.EMPTY);
  private final RegistryWarmup warmup = new RegistryWarmup(view::get);

  @Test
  void aRegistryThatHasNotBeenReadInTimeIsAnError() {
    assertThatThrownBy(() -> warmup.await(Duration.ofMillis(50)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("has not read the registry from the other nodes yet");
  }

  @Test
  void itWaitsUntilItHas() throws Exception {
    CompletableFuture<Void> known =
        CompletableFuture.runAsync(this::await, RegistryWarmupTest::start);
    assertThat(known).isNotDone();

    view.set(new Views().build());

    known.get(20, TimeUnit.SECONDS);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void await() {
    try {
      warmup.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
