package dev.troupe.node.health;

import dev.troupe.node.failure.Failures;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.RegistryWriter;
import dev.troupe.node.registry.RouteClaim;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Owns the registration and the heartbeats of this node: what the other nodes know of it. */
public final class HeartbeatPublisher extends AbstractBehavior<HeartbeatPublisher.Command> {
  /** What the publisher can be told. */
  public sealed interface Command {}

  /**
   * The state that heartbeats have from now on. The first one registers the node; none counts after
   * {@link InstanceState#DRAINING}.
   *
   * @param reason why the state is not READY
   * @param degraded whether the node takes requests although it is unhealthy
   */
  public record Say(InstanceState state, @Nullable String reason, boolean degraded)
      implements Command {
    public Say(InstanceState state, @Nullable String reason) {
      this(state, reason, false);
    }

    /**
     * The state of a node after a readiness check.
     *
     * @param failure what the check has thrown; null if the check has passed
     */
    static Say afterCheck(@Nullable Throwable failure) {
      return failure == null
          ? new Say(InstanceState.READY, null)
          : new Say(
              InstanceState.UNHEALTHY,
              Failures.text(failure),
              failure instanceof DegradedException);
    }
  }

  /**
   * Reports the node as unhealthy unless it is reported so already. No heartbeat follows, only
   * pulses by which the cluster knows that the process lives.
   */
  record FallSilent(@Nullable String reason) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum Beat implements Command {
    DUE,
    RELAYED
  }

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How long before the relay sends the next time the pulse of this node should be there. */
  private static final Duration EARLY = Duration.ofMillis(200);

  private final TimerScheduler<Command> timers;
  private final Registration registration;
  private final RegistryWriter writer;
  private final HeartbeatWriter heartbeats;
  private final @Nullable RouteClaim claim;
  private final StallDetector stalls;
  private RegistryView view = RegistryView.EMPTY;
  private @Nullable Say said;
  private boolean synced;
  private boolean registered;
  private boolean refused;
  private boolean stalled;
  private boolean silent;

  private HeartbeatPublisher(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Registration registration,
      @Nullable ServiceDescriptor descriptor,
      CallCounters counters,
      Supplier<Map<String, CallReport>> calls,
      ActorRef<RegistryActor.Command> registry,
      ActorRef<PulseMessage> pulses,
      StallDetector stalls) {
    super(context);
    this.timers = timers;
    this.registration = registration;
    this.writer = new RegistryWriter(context.getSystem(), registration);
    ActorRef<PulseExchange.Relayed> relayed =
        context.messageAdapter(PulseExchange.Relayed.class, signal -> Beat.RELAYED);
    this.heartbeats =
        new HeartbeatWriter(
            registration.slot(),
            registration.generation(),
            writer,
            pulse -> pulses.tell(new PulseExchange.Send(pulse, relayed)),
            counters,
            calls);
    this.claim = descriptor == null ? null : new RouteClaim(descriptor, writer);
    this.stalls = stalls;
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * Registers the node once its first state is known and the registry has read what the other nodes
   * know, so that the entries of this process come after those of earlier ones. Ends the node if
   * another service has a path of the hosted service.
   *
   * @param descriptor of the hosted service; null if the node hosts none
   * @param calls the reports about the calls that this node makes, by service
   * @param pulses the exchange of this node
   * @param stalls is asked each second; while the work is stalled, no heartbeat is sent
   */
  public static Behavior<Command> create(
      Registration registration,
      @Nullable ServiceDescriptor descriptor,
      CallCounters counters,
      Supplier<Map<String, CallReport>> calls,
      ActorRef<RegistryActor.Command> registry,
      ActorRef<PulseMessage> pulses,
      StallDetector stalls) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new HeartbeatPublisher(
                        context,
                        timers,
                        registration,
                        descriptor,
                        counters,
                        calls,
                        registry,
                        pulses,
                        stalls)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Say.class, this::onSay)
        .onMessage(FallSilent.class, this::onFallSilent)
        .onMessageEquals(Beat.DUE, this::onBeat)
        .onMessageEquals(Beat.RELAYED, this::onRelayed)
        .onMessage(ViewChanged.class, this::onViewChanged)
        .build();
  }

  private Behavior<Command> onSay(Say say) {
    Say before = said;
    if (silent || (before != null && before.state() == InstanceState.DRAINING)) {
      return this;
    }
    said = say;
    if (!registered) {
      return registerIfPossible();
    }
    boolean changed =
        before == null || say.state() != before.state() || say.degraded() != before.degraded();
    if (changed && (!stalled || say.state() == InstanceState.DRAINING)) {
      heartbeats.beat(RegistryWriter.Reach.ALL, say);
    }
    return this;
  }

  private Behavior<Command> onFallSilent(FallSilent last) {
    onSay(new Say(InstanceState.UNHEALTHY, last.reason()));
    silent = true;
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    view = changed.view();
    synced = synced || view.synced();
    if (registered) {
      refuseIfTaken();
      return this;
    }
    return registerIfPossible();
  }

  private Behavior<Command> registerIfPossible() {
    Say first = said;
    if (registered || !synced || first == null || first.state() == InstanceState.DRAINING) {
      return this;
    }
    refuseIfTaken();
    if (refused) {
      return this;
    }
    registered = true;
    if (claim != null) {
      claim.publish(view);
    }
    writer.registration();
    heartbeats.beat(RegistryWriter.Reach.ALL, first);
    // With a fixed delay, because a process that a signal has stopped for a minute would otherwise
    // run the stall detector sixty times in a row.
    timers.startTimerWithFixedDelay(Beat.DUE, INTERVAL);
    return this;
  }

  private void refuseIfTaken() {
    if (claim == null || refused) {
      return;
    }
    claim
        .refusal(view)
        .ifPresent(
            reason -> {
              refused = true;
              claim.withdraw();
              getContext().getLog().error("[{}] refuses to start: {}", registration.slot(), reason);
              NodeShutdown.begin(getContext().getSystem(), NodeExit.START_REFUSED, reason);
            });
  }

  // A pulse that comes just after the relay has sent would be a second old at the next time.
  private Behavior<Command> onRelayed() {
    timers.startTimerWithFixedDelay(Beat.DUE, INTERVAL.minus(EARLY), INTERVAL);
    return this;
  }

  private Behavior<Command> onBeat() {
    if (silent) {
      heartbeats.live();
      return this;
    }
    Optional<String> stall = stalls.look();
    if (stall.isPresent()) {
      onStalled(stall.get());
    } else if (said != null) {
      onWorkGoesOn(said);
    }
    heartbeats.count();
    return this;
  }

  private void onWorkGoesOn(Say say) {
    if (stalled) {
      getContext().getLog().info("[{}] gets on again", registration.slot());
    }
    heartbeats.beat(stalled ? RegistryWriter.Reach.ALL : RegistryWriter.Reach.LOCAL, say);
    stalled = false;
  }

  // The other nodes send no requests after this heartbeat. The supervisor dumps the threads and
  // replaces the process when no heartbeat has come for health.heartbeat-timeout.
  private void onStalled(String reason) {
    if (stalled) {
      heartbeats.live();
      return;
    }
    stalled = true;
    getContext()
        .getLog()
        .warn("[{}] {}: no heartbeats until it gets on", registration.slot(), reason);
    heartbeats.beat(RegistryWriter.Reach.ALL, new Say(InstanceState.UNHEALTHY, reason));
  }
}
