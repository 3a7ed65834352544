package dev.troupe.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.registry.PulseToRelay;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PulseExchangeTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Pulse OWN = pulse("UserService-1", 2);

  private final TestProbe<RegistryActor.Command> registry = KIT.createTestProbe();
  private final TestProbe<PulseExchange.Relayed> sender = KIT.createTestProbe();
  private final ActorRef<PulseMessage> exchange =
      KIT.spawn(
          PulseExchange.create(registry.getRef(), () -> RegistryView.EMPTY, Duration.ofSeconds(3)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theRegistryIsToldOfEachPulseWhicheverWayItComes() {
    exchange.tell(new PulseExchange.Send(OWN, sender.getRef()));
    assertRegistered(OWN);
    exchange.tell(pulse("a-1", 1));
    assertRegistered(pulse("a-1", 1));
    exchange.tell(new PulseToRelay(pulse("b-1", 1)));
    assertRegistered(pulse("b-1", 1));
    exchange.tell(new PulseBatch(List.of(pulse("c-1", 1), pulse("d-1", 1))));
    assertRegistered(pulse("c-1", 1), pulse("d-1", 1));
  }

  @Test
  void whoeverSendsPulsesIsToldWhenOneHasComeBack() {
    exchange.tell(new PulseExchange.Send(OWN, sender.getRef()));
    exchange.tell(new PulseBatch(List.of(pulse("a-1", 1), OWN)));

    sender.expectMessage(PulseExchange.Relayed.INSTANCE);
  }

  @Test
  void thePulseOfAnEarlierProcessOfTheSlotIsNotOurs() {
    exchange.tell(new PulseExchange.Send(OWN, sender.getRef()));
    exchange.tell(new PulseBatch(List.of(pulse("UserService-1", 1), pulse("UserService-2", 2))));
    exchange.tell(new PulseBatch(List.of(OWN)));

    sender.expectMessage(PulseExchange.Relayed.INSTANCE);
    sender.expectNoMessage(Duration.ZERO);
  }

  private void assertRegistered(Pulse... pulses) {
    assertThat(registry.receiveMessage()).isEqualTo(new RegistryActor.Pulsed(List.of(pulses)));
  }

  private static Pulse pulse(String slot, int generation) {
    return new Pulse(slot, generation, 1, 0, 0, 0, 0, 0);
  }
}
