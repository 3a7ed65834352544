package dev.troupe.service.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.service.NoContent;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.service.FakeServiceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path directory;
  private final ActorTestKit kit = ActorTestKit.create();
  private final AtomicInteger runs = new AtomicInteger();
  private final Set<String> by = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aJobRunsAgainAndAgainOnOneInstanceThoughItFails() throws Exception {
    try (FakeServiceContext first = new FakeServiceContext("Clock-1", kit.system(), directory);
        FakeServiceContext second = new FakeServiceContext("Clock-2", kit.system(), directory)) {
      first.start(kit, clock(Duration.ofMillis(100)));
      second.start(kit, clock(Duration.ofMillis(100)));
      await().atMost(PATIENCE).until(() -> runs.get() >= 4);
      assertThat(by).hasSize(1);
    }
  }

  @Test
  void theTimeOfTheLastRunOutlivesTheProcess() {
    Duration day = Duration.ofDays(1);
    assertThat(JobActor.pause(NOW.minus(Duration.ofHours(23)), NOW, day)).hasHours(1);
    assertThat(JobActor.pause(NOW.minus(Duration.ofDays(3)), NOW, day)).isZero();
    assertThat(JobActor.pause(NOW.plus(Duration.ofDays(3)), NOW, day))
        .as("the clock was set back")
        .isEqualTo(day);
  }

  @Test
  void aJobIsDefinedOnceWithANameAndAnInterval() {
    assertRefused(
        "the job tick has an interval of PT0S (expected: PT0.1S at least)",
        context -> context.every("tick", Duration.ZERO, call -> null));
    assertRefused(
        "two jobs named tick (expected: a name for each)",
        context -> {
          context.every("tick", Duration.ofDays(1), call -> null);
          context.every("tick", Duration.ofDays(1), call -> null);
        });
    assertRefused(
        "a job named 'a b' (expected: 1 to 50 letters, digits and -_.)",
        context -> context.every("a b", Duration.ofDays(1), call -> null));
  }

  private void assertRefused(String message, Consumer<ServiceContext> defined) {
    try (FakeServiceContext context = new FakeServiceContext("Clock-1", kit.system(), directory)) {
      assertThatThrownBy(() -> defined.accept(context)).hasMessage(message);
    }
  }

  private Service clock(Duration interval) {
    return context -> {
      context.storage("db/order");
      context.every(
          "tick",
          interval,
          call -> {
            by.add(context.slot());
            if (runs.incrementAndGet() % 2 == 0) {
              throw new IllegalStateException("every second run fails");
            }
            return CompletableFuture.completedStage(true);
          });
      return ServiceDefinition.named("Clock")
          .get("none", "/none", NoContent.class, NoContent.class, none -> none)
          .build();
    };
  }
}
