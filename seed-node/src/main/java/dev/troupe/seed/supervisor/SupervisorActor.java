package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.SeedEvents;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.SlotSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns all slots of a home: the order in which they start and stop, and what each last reported.
 *
 * <p>The failure of a slot's actor makes this actor fail, and that ends the seed node; the launcher
 * starts another seed node, which adopts all processes. No process is left to a supervisor that
 * knows only some of the slots.
 */
public final class SupervisorActor extends AbstractBehavior<SupervisorActor.Command> {
  /** What the supervisor can be told. */
  public sealed interface Command {}

  /** Asks for the state of all slots. */
  public record GetStatus(ActorRef<ClusterStatus> replyTo) implements Command {}

  /** Executes the command of an operator. */
  public record Execute(OperatorCommands.Command command, ActorRef<OperatorCommands.Reply> replyTo)
      implements Command {}

  /**
   * Stops all slots in order and launches no process any more; a second request joins the first.
   */
  public record StopAll(ActorRef<StopResult> replyTo) implements Command {}

  private record SlotChanged(SlotSnapshot snapshot) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum RolloutTick implements Command {
    INSTANCE
  }

  private enum StillOutsideCluster implements Command {
    INSTANCE
  }

  private static final Duration ROLLOUT_TICK = Duration.ofSeconds(1);

  /** How often the log says that the cluster of the adopted processes has not answered. */
  private static final Duration OUTSIDE_NOTICE = Duration.ofSeconds(8);

  private final TimerScheduler<Command> timers;
  private final SlotStatus seed;
  private final RecoveredState recovered;
  private final SlotEnvironment environment;
  private final ActorRef<SavedState> stateWriter;
  private final ActorRef<EventJournal.Command> journal;
  private final Dependencies dependencies;
  private final DeadMemberDetector deadMembers;
  private final Slots slots;
  private final Rollouts rollouts;
  private final OperatorCommands commands;
  private final ClusterRejoin rejoin;
  private RegistryView view = RegistryView.EMPTY;
  private @Nullable StopWaves stop;

  private SupervisorActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SlotStatus seed,
      SlotSpecs specs,
      SlotEnvironment environment,
      RecoveredState recovered,
      ActorRef<RegistryActor.Command> registry,
      ActorRef<SavedState> stateWriter,
      ActorRef<EventJournal.Command> journal) {
    super(context);
    this.timers = timers;
    this.seed = seed;
    this.recovered = recovered;
    this.environment = environment;
    this.stateWriter = stateWriter;
    this.journal = journal;
    this.dependencies = specs.dependencies();
    this.deadMembers =
        new DeadMemberDetector(String.valueOf(seed.address()), seed.slot(), environment.cluster());
    this.slots =
        new Slots(
            context,
            specs.first(),
            environment,
            recovered,
            context.messageAdapter(SlotSnapshot.class, SlotChanged::new),
            seed.since());
    this.rollouts =
        new Rollouts(slots, environment.ticker(), this::onRolloutEnded, context.getLog());
    this.commands =
        new OperatorCommands(specs, slots, rollouts, environment, journal, context.getLog());
    this.rejoin = new ClusterRejoin(recovered, environment.cluster(), context.getLog());
    if (rejoin.isWaiting()) {
      timers.startTimerWithFixedDelay(StillOutsideCluster.INSTANCE, OUTSIDE_NOTICE);
    }
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param seed the status of the seed node itself
   */
  public static Behavior<Command> create(
      SlotStatus seed,
      SlotSpecs specs,
      SlotEnvironment environment,
      RecoveredState recovered,
      ActorRef<RegistryActor.Command> registry,
      ActorRef<SavedState> stateWriter,
      ActorRef<EventJournal.Command> journal) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SupervisorActor(
                        context,
                        timers,
                        seed,
                        specs,
                        environment,
                        recovered,
                        registry,
                        stateWriter,
                        journal)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(SlotChanged.class, this::onSlotChanged)
        .onMessage(ViewChanged.class, this::onViewChanged)
        .onMessage(GetStatus.class, this::onGetStatus)
        .onMessage(Execute.class, this::onExecute)
        .onMessage(StopAll.class, this::onStopAll)
        .onMessage(RolloutTick.class, tick -> onRolloutTick())
        .onMessage(StillOutsideCluster.class, outside -> onStillOutsideCluster())
        .onSignal(ChildFailed.class, this::onSlotFailed)
        .onSignal(Terminated.class, retired -> this)
        .build();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    SlotSnapshot snapshot = changed.snapshot();
    slots.update(snapshot);
    save();
    journal.tell(new EventJournal.SlotChanged(snapshot));
    slots.observe(snapshot, view);
    rejoin.update(slots.snapshots());
    proceed();
    rollouts.advance();
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    view = changed.view();
    if (rejoin.isWaiting()) {
      rejoin.update(view);
      proceed();
    }
    slots.observe(view);
    deadMembers
        .confirmedDead(view, slots.addresses(), recovered.knownDead(), slots.ended())
        .forEach(this::confirmDead);
    return this;
  }

  private void confirmDead(String address) {
    environment.cluster().confirmDead(address, DeathCause.UNKNOWN);
    journal.tell(deadMembers.entry(address, view, environment.clock().instant()));
  }

  private Behavior<Command> onGetStatus(GetStatus get) {
    List<SlotStatus> now = slots.statuses();
    List<SlotStatus> all =
        Stream.concat(Stream.of(seed), now.stream().map(slot -> dependencies.explain(slot, now)))
            .toList();
    get.replyTo().tell(new ClusterStatus(gatewayUrl(), all, rollouts.all()));
    return this;
  }

  private Behavior<Command> onExecute(Execute request) {
    request
        .replyTo()
        .tell(
            stop == null
                ? commands.execute(request.command())
                : OperatorCommands.REFUSED_WHILE_STOPPING);
    if (!rollouts.isIdle()) {
      timers.startTimerWithFixedDelay(RolloutTick.INSTANCE, ROLLOUT_TICK);
    }
    save();
    return this;
  }

  private Behavior<Command> onRolloutTick() {
    rollouts.advance();
    if (rollouts.isIdle()) {
      timers.cancel(RolloutTick.INSTANCE);
    }
    return this;
  }

  private void onRolloutEnded(Rollout rollout) {
    if (rollout.kind() == Rollout.Kind.DEPLOY) {
      environment.versions().release(rollout.service());
      journal.tell(SeedEvents.deployed(rollout, environment.clock().instant()));
    }
  }

  private Behavior<Command> onStopAll(StopAll request) {
    if (stop == null) {
      stop = new StopWaves(dependencies);
      rollouts.cancel("the cluster is being stopped");
    }
    stop.join(request.replyTo());
    proceed();
    return this;
  }

  private Behavior<Command> onStillOutsideCluster() {
    if (rejoin.isWaiting()) {
      rejoin.warn();
    } else {
      timers.cancel(StillOutsideCluster.INSTANCE);
    }
    return this;
  }

  private Behavior<Command> onSlotFailed(ChildFailed failed) {
    throw new IllegalStateException(
        "the actor of a slot failed: " + failed.getRef().path().name(), failed.cause());
  }

  private void proceed() {
    if (stop != null) {
      stop.advance(slots);
    } else if (!rejoin.isWaiting()) {
      // A process that is launched while there is no cluster to join could only wait.
      dependencies
          .startable(slots.statuses())
          .forEach(slot -> slots.tell(slot.slot(), LifecycleEvent.Order.START));
    }
  }

  private @Nullable String gatewayUrl() {
    return view.instancesOf(NodeNames.GATEWAY)
        .map(instance -> instance.registration().url())
        .findFirst()
        .orElse(null);
  }

  private void save() {
    stateWriter.tell(
        StateSnapshot.of(slots.snapshots(), slots.generations(), commands.scaled(), slots.ended()));
  }
}
