package dev.troupe.node.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.TestKits;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OrphanDetectorTest {
  private static final ActorTestKit KIT = TestKits.manualTime();
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final MemberView SEED = member("seed", "Up", true);
  private static final MemberView SERVICE = member("UserService", "Up", true);

  private final AtomicInteger left = new AtomicInteger();
  private final TestProbe<RegistryActor.Command> registry =
      KIT.createTestProbe(RegistryActor.Command.class);
  private final ActorRef<OrphanDetector.Command> watch =
      KIT.spawn(
          OrphanDetector.create(GRACE, left::incrementAndGet, registry.ref()), TestKits.ONE_THREAD);
  private final ActorRef<RegistryView> views =
      registry.expectMessageClass(RegistryActor.Watch.class).subscriber();

  @AfterEach
  void stop() {
    KIT.stop(watch);
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void whoeverNeverSeesASupervisorLeavesAfterTheGrace() {
    show(SERVICE);
    passes(GRACE.minusMillis(1));
    assertThat(left).hasValue(0);

    passes(Duration.ofMillis(1));

    registry.expectTerminated(watch);
    assertThat(left).hasValue(1);
  }

  @Test
  void whoeverHasASupervisorStays() {
    show(SEED, SERVICE);

    passes(GRACE.multipliedBy(10));

    assertThat(left).hasValue(0);
  }

  @Test
  void theGraceBeginsWhenTheSupervisorIsLostNotBefore() {
    show(SEED, SERVICE);
    passes(GRACE);
    show(SERVICE);
    passes(GRACE.minusMillis(1));
    show(SERVICE);
    assertThat(left).hasValue(0);

    passes(Duration.ofMillis(1));

    registry.expectTerminated(watch);
    assertThat(left).hasValue(1);
  }

  @Test
  void aSupervisorThatComesBackInTimeIsForgiven() {
    show(SEED);
    show(SERVICE);
    passes(GRACE.minusMillis(1));
    show(SEED, SERVICE);

    passes(GRACE);

    assertThat(left).hasValue(0);
  }

  @Test
  void aSupervisorThatCannotBeReachedIsNone() {
    show(SEED);
    show(member("seed", "Up", false));

    passes(GRACE);

    registry.expectTerminated(watch);
    assertThat(left).hasValue(1);
  }

  @Test
  void aSupervisorThatIsDownIsNone() {
    show(SEED);
    show(member("seed", "Down", true));

    passes(GRACE);

    registry.expectTerminated(watch);
    assertThat(left).hasValue(1);
  }

  private void show(MemberView... members) {
    views.tell(new RegistryView(Arrays.asList(members), Map.of(), List.of()));
    settle();
  }

  private void passes(Duration time) {
    ManualTime.get(KIT.system()).timePasses(time);
    settle();
  }

  // The other actor on the only thread has its turn when the watch has had its own.
  private static void settle() {
    TestProbe<Done> turn = KIT.createTestProbe(Done.class);
    KIT.spawn(
        Behaviors.setup(
            context -> {
              turn.ref().tell(Done.getInstance());
              return Behaviors.stopped();
            }),
        TestKits.ONE_THREAD);
    turn.receiveMessage();
    turn.stop();
  }

  private static MemberView member(String role, String status, boolean reachable) {
    return new MemberView(
        "pekko://troupe@127.0.0.1:1", Set.of(role), status, reachable, 1, false, false);
  }
}
