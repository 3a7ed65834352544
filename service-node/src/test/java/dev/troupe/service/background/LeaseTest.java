package dev.troupe.service.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseTest {
  private static final Duration DURATION = Duration.ofSeconds(10);

  @TempDir Path directory;
  private final Lease first = new Lease("Watcher-1", DURATION);
  private final Lease second = new Lease("Watcher-2", DURATION);
  private QueuedStorage storage;

  @BeforeEach
  void open() throws Exception {
    storage =
        ServiceStorage.open(
            "Watcher", Engine.SQLITE.settings(directory), "db/order", directory.resolve("tmp"));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void oneHoldsItAsLongAsItRenewsIt() {
    for (int second = 0; second < 60; second += 5) {
      step(first, second);
      step(this.second, second);
    }
    assertThat(first.isHeld()).isTrue();
    assertThat(second.isHeld()).isFalse();
  }

  @Test
  void anotherTakesItOnceItHasNotChangedForItsDuration() {
    step(first, 0);
    step(second, 4);
    step(second, 13);
    assertThat(second.isHeld()).isFalse();
    step(second, 14);
    assertThat(second.isHeld()).isTrue();

    first.expire(seconds(9));
    assertThat(first.isHeld()).isTrue();
    first.expire(seconds(10));
    assertThat(first.isHeld()).as("before another can take it").isFalse();
    step(first, 15);
    assertThat(first.isHeld()).isFalse();
  }

  @Test
  void theNextProcessOfItsSlotTakesItAtOnce() {
    step(first, 0);
    Lease relaunched = new Lease("Watcher-1", DURATION);
    step(relaunched, 1);
    assertThat(relaunched.isHeld()).isTrue();
  }

  @Test
  void whenItIsReleasedAnyInstanceTakesIt() {
    step(first, 0);
    storage
        .write(
            sql -> {
              Lease.release(sql, "Watcher-1");
              return true;
            })
        .toCompletableFuture()
        .join();
    step(second, 1);
    assertThat(second.isHeld()).isTrue();
  }

  private void step(Lease lease, long second) {
    storage.write(sql -> lease.step(sql, seconds(second))).toCompletableFuture().join().run();
  }

  private static long seconds(long second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
