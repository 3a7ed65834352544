package dev.troupe.node.failure;

import dev.troupe.node.TestKits;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RestartOnFailureTest {
  private final ActorTestKit kit = TestKits.realTime();
  private final TestProbe<String> heard = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void anActorBeginsAnewAfterErrorsAsAfterExceptions() {
    beginsAnewAfter(() -> new AssertionError("on purpose"));
    beginsAnewAfter(() -> new NoClassDefFoundError("com/example/Missing"));
    beginsAnewAfter(StackOverflowError::new);
    beginsAnewAfter(() -> new ExceptionInInitializerError("on purpose"));
  }

  private void beginsAnewAfter(Supplier<Error> error) {
    Behavior<String> fails =
        Behaviors.setup(
            context -> {
              heard.ref().tell("begun");
              return Behaviors.receiveMessage(
                  message -> {
                    throw error.get();
                  });
            });
    ActorRef<String> actor =
        kit.spawn(RestartOnFailure.afterPause(fails, Duration.ofMillis(1), Duration.ofMillis(10)));
    heard.expectMessage("begun");

    actor.tell("work");

    heard.expectMessage("begun");
    kit.stop(actor);
  }
}
