package dev.troupe.node.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import java.time.Duration;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ShutdownOnFailureTest {
  private final ActorTestKit kit = TestKits.realTime();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aGuardianThatFailsEndsItsNodeWithAFailureCode() {
    Behavior<String> fails =
        Behaviors.receiveMessage(
            message -> {
              throw new IllegalStateException(message);
            });

    kit.spawn(Behaviors.intercept(() -> new ShutdownOnFailure<>(String.class), fails)).tell("boom");

    assertThat(kit.system().getWhenTerminated().toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(20));
    assertThat(reason()).isEqualTo("EssentialActorLost");
  }

  @Test
  void aGuardianThatThrowsAnErrorEndsItsNodeAsWell() {
    Behavior<String> fails =
        Behaviors.receiveMessage(
            message -> {
              throw new AssertionError(message);
            });

    kit.spawn(Behaviors.intercept(() -> new ShutdownOnFailure<>(String.class), fails)).tell("boom");

    assertThat(kit.system().getWhenTerminated().toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(20));
    assertThat(reason()).isEqualTo("EssentialActorLost");
  }

  @Test
  void aGuardianThatCannotBeginIsAStartThatFailed() {
    Behavior<String> fails =
        Behaviors.setup(
            context -> {
              throw new IllegalStateException("boom");
            });

    kit.spawn(Behaviors.intercept(() -> new ShutdownOnFailure<>(String.class), fails));

    assertThat(kit.system().getWhenTerminated().toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(20));
    assertThat(reason()).isEqualTo("StartFailed");
  }

  private String reason() {
    return CoordinatedShutdown.get(kit.system())
        .getShutdownReason()
        .orElseThrow()
        .getClass()
        .getSimpleName();
  }
}
