package dev.troupe.service.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.settings.BlockingSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class BlockingJobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void whatIsBeyondThreadsAndQueueIsRefusedByTheNameOfTheSetting() {
    BlockingJobs jobs = new BlockingJobs("UserService-1", new BlockingSettings(1, 1));
    jobs.execute(this::awaitEnd);
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> "done", jobs);

    assertThatThrownBy(() -> jobs.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("UserService-1")
        .hasMessageContaining("blocking.max-queued");

    end.countDown();
    assertThat(waiting).succeedsWithin(PATIENCE);
  }

  @Test
  void aJobThatThrowsAnErrorFailsAlone() {
    BlockingJobs jobs = new BlockingJobs("UserService-1", new BlockingSettings(1, 10));

    jobs.execute(
        () -> {
          throw new NoClassDefFoundError("com/example/Missing");
        });

    assertThat(CompletableFuture.supplyAsync(() -> "done", jobs)).succeedsWithin(PATIENCE);
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
