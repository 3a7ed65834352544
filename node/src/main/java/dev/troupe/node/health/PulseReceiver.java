package dev.troupe.node.health;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.protocol.registry.Pulse;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Passes the pulses of all instances to the registry of this node. */
public final class PulseReceiver {
  private static final String NAME = "pulses";
  static final String PATH = "/user/" + NAME;

  private PulseReceiver() {}

  /** The name of the actor: {@link PulseSender} finds the actor of each node by it. */
  public static String name() {
    return NAME;
  }

  /**
   * Receives the {@link Pulse} that each instance sends to each node each second.
   *
   * @param registry is told of each pulse
   */
  public static Behavior<Pulse> create(ActorRef<RegistryActor.Command> registry) {
    return Behaviors.receive(Pulse.class)
        .onMessage(
            Pulse.class,
            pulse -> {
              registry.tell(new RegistryActor.Pulsed(pulse));
              return Behaviors.same();
            })
        .build();
  }
}
