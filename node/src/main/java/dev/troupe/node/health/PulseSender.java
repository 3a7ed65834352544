package dev.troupe.node.health;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Pulse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/** Sends pulses to the {@link PulseReceiver} of each node, this one included. Not thread-safe. */
final class PulseSender {
  private final ActorRefResolver resolver;
  private final Map<String, ActorRef<Pulse>> receivers = new HashMap<>();

  PulseSender(ActorSystem<?> system) {
    this.resolver = ActorRefResolver.get(system);
  }

  /** Sends {@code pulse} to all members of {@code view} that are not known to be dead. */
  void send(Pulse pulse, RegistryView view) {
    Set<String> living = new HashSet<>();
    for (MemberView member : view.members()) {
      if (!view.deaths().containsKey(member.address())) {
        living.add(member.address());
      }
    }
    receivers.keySet().retainAll(living);
    for (String address : living) {
      receivers.computeIfAbsent(address, this::receiver).tell(pulse);
    }
  }

  private ActorRef<Pulse> receiver(String address) {
    return resolver.resolveActorRef(address + PulseReceiver.PATH);
  }
}
