package dev.troupe.node.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServiceExecutorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // What Pekko calls fatal then ends the actor system, and not the JVM of the tests.
  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.jvm-exit-on-fatal-error = off")
              .withFallback(
                  ConfigFactory.parseResources("troupe-node.conf")
                      .withOnlyPath("pekko.actor.default-dispatcher")));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aMissingClassAndAnEndlessRecursionEndNothingButTheirTask() throws InterruptedException {
    Executor threads = kit.system().executionContext();
    CountDownLatch thrown = new CountDownLatch(2);

    threads.execute(
        () -> {
          thrown.countDown();
          throw new NoClassDefFoundError("com/example/Missing");
        });
    threads.execute(
        () -> {
          thrown.countDown();
          throw new StackOverflowError();
        });

    assertThat(thrown.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    for (int task = 0; task < 10; task++) {
      assertThat(CompletableFuture.supplyAsync(() -> "works", threads))
          .succeedsWithin(PATIENCE)
          .isEqualTo("works");
    }
    assertThat(kit.system().getWhenTerminated().toCompletableFuture()).isNotDone();
  }

  @Test
  void anErrorOfTheJvmItselfEndsTheNode() {
    kit.system()
        .executionContext()
        .execute(
            () -> {
              throw new InternalError("on purpose");
            });

    assertThat(kit.system().getWhenTerminated().toCompletableFuture()).succeedsWithin(PATIENCE);
  }
}
