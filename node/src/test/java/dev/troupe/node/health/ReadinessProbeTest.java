package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.failure.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadinessProbeTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService blocking = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    blocking.shutdownNow();
  }

  @Test
  void aCheckThatPassesPasses() {
    assertThat(new ReadinessProbe(blocking, LONG).check(() -> {})).succeedsWithin(LONG);
  }

  @Test
  void aCheckThatFailsSaysWhy() {
    CompletableFuture<Void> checked =
        new ReadinessProbe(blocking, LONG)
            .check(
                () -> {
                  throw new IOException("no disk");
                });

    assertThat(reason(checked)).isInstanceOf(IOException.class).hasMessage("no disk");
  }

  @Test
  void aCheckThatHangsIsSaidToHangAndNotStartedAgainBesideItself() {
    ReadinessProbe readinessProbe = new ReadinessProbe(blocking, Duration.ofMillis(50));
    AtomicInteger started = new AtomicInteger();
    CountDownLatch end = new CountDownLatch(1);
    ReadinessCheck hanging =
        () -> {
          started.incrementAndGet();
          end.await();
        };

    assertThat(reason(readinessProbe.check(hanging))).hasMessageContaining("has not ended");
    assertThat(reason(readinessProbe.check(hanging))).hasMessageContaining("has not ended");
    assertThat(started).hasValue(1);

    end.countDown();
    assertThat(new ReadinessProbe(blocking, LONG).check(hanging)).succeedsWithin(LONG);
  }

  @Test
  void threadsThatWaitForEachOtherAreADeadlock() throws Exception {
    Lock left = new ReentrantLock();
    Lock right = new ReentrantLock();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    Thread one = grabbing(left, right, bothHoldOne, "left-then-right");
    Thread other = grabbing(right, left, bothHoldOne, "right-then-left");
    try {
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(reason(new ReadinessProbe(blocking, LONG).check(() -> {})))
                      .isInstanceOf(ReadinessProbe.DeadlockException.class)
                      .hasMessageContaining("left-then-right")
                      .hasMessageContaining("right-then-left"));
    } finally {
      one.interrupt();
      other.interrupt();
      one.join();
      other.join();
    }
  }

  private static Thread grabbing(Lock first, Lock second, CyclicBarrier barrier, String name) {
    Thread thread =
        new Thread(
            () -> {
              first.lock();
              try {
                barrier.await();
                second.lockInterruptibly();
              } catch (InterruptedException | BrokenBarrierException e) {
                // The test is over.
              } finally {
                first.unlock();
              }
            },
            name);
    thread.start();
    return thread;
  }

  private static Throwable reason(CompletableFuture<Void> checked) {
    return checked
        .handle((nothing, failure) -> failure == null ? new AssertionError() : failure)
        .thenApply(Failures::rootOf)
        .join();
  }
}
