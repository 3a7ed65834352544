package dev.troupe.node.health;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.registry.PulseToRelay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Sends the pulses of this node, relays those of others if this is the relay, and passes all to the
 * registry.
 */
public final class PulseExchange extends AbstractBehavior<PulseMessage> {
  private static final String NAME = "pulses";
  private static final String PATH = "/user/" + NAME;

  /**
   * A pulse of this node.
   *
   * @param sender is told when the relay has passed on a pulse of this node
   */
  record Send(Pulse pulse, ActorRef<Relayed> sender) implements PulseMessage {}

  /** The relay has just sent what it had: the next pulse is in time if it comes in a second. */
  enum Relayed {
    INSTANCE
  }

  private final ActorRef<RegistryActor.Command> registry;
  private final Supplier<RegistryView> view;
  private final PulseRoutes routes;
  private final ActorRefResolver resolver;
  private final Map<String, ActorRef<PulseMessage>> exchanges = new HashMap<>();
  private @Nullable Send sent;

  private PulseExchange(
      ActorContext<PulseMessage> context,
      ActorRef<RegistryActor.Command> registry,
      Supplier<RegistryView> view,
      Duration suspectAfter) {
    super(context);
    this.registry = registry;
    this.view = view;
    this.routes = new PulseRoutes(suspectAfter);
    this.resolver = ActorRefResolver.get(context.getSystem());
  }

  /** The name of the actor: that of each node is found by it. */
  public static String name() {
    return NAME;
  }

  /**
   * Exchanges pulses with the other nodes.
   *
   * @param registry is told of each pulse
   * @param view of the nodes, at any time
   * @param suspectAfter how long an instance may be silent
   */
  public static Behavior<PulseMessage> create(
      ActorRef<RegistryActor.Command> registry,
      Supplier<RegistryView> view,
      Duration suspectAfter) {
    return Behaviors.setup(context -> new PulseExchange(context, registry, view, suspectAfter));
  }

  @Override
  public Receive<PulseMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Send.class, this::onSend)
        .onMessage(Pulse.class, this::onPulse)
        .onMessage(PulseToRelay.class, this::onPulseToRelay)
        .onMessage(PulseBatch.class, this::onBatch)
        .build();
  }

  private Behavior<PulseMessage> onSend(Send send) {
    sent = send;
    registry.tell(new RegistryActor.Pulsed(List.of(send.pulse())));
    Map<String, PulseMessage> messages = routes.send(send.pulse(), view.get(), System.nanoTime());
    exchanges.keySet().retainAll(messages.keySet());
    messages.forEach(
        (address, message) -> exchanges.computeIfAbsent(address, this::exchange).tell(message));
    return this;
  }

  private ActorRef<PulseMessage> exchange(String address) {
    return resolver.resolveActorRef(address + PATH);
  }

  private Behavior<PulseMessage> onPulse(Pulse pulse) {
    registry.tell(new RegistryActor.Pulsed(List.of(pulse)));
    return this;
  }

  private Behavior<PulseMessage> onPulseToRelay(PulseToRelay relayed) {
    routes.collect(relayed.pulse());
    return onPulse(relayed.pulse());
  }

  private Behavior<PulseMessage> onBatch(PulseBatch batch) {
    registry.tell(new RegistryActor.Pulsed(batch.pulses()));
    Send last = sent;
    if (last != null && batch.pulses().stream().anyMatch(pulse -> isOf(last.pulse(), pulse))) {
      routes.echoed(System.nanoTime());
      last.sender().tell(Relayed.INSTANCE);
    }
    return this;
  }

  private static boolean isOf(Pulse own, Pulse other) {
    return own.slot().equals(other.slot()) && own.generation() == other.generation();
  }
}
