package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.slot.LifecycleEvent;
import dev.troupe.seed.slot.SlotEnvironment;
import dev.troupe.seed.slot.SlotSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
 * Owns all slots of a home: their order of start and stop, and what is known of each.
 *
 * <p>A slot's actor that fails makes this one fail, and that ends the seed node; the launcher
 * starts another, which adopts all processes. No process is supervised by half a supervisor.
 */
public final class SupervisorActor extends AbstractBehavior<SupervisorActor.Command> {
  /** What the supervisor can be told. */
  public sealed interface Command {}

  /** Tells the state of all slots. */
  public record GetStatus(ActorRef<ClusterStatus> replyTo) implements Command {}

  /** What an operator wants done. */
  public sealed interface OperatorCommand extends Command {
    ActorRef<CommandReply> replyTo();
  }

  /** Restarts one slot, or all of a service at once. */
  public record Restart(String target, ActorRef<CommandReply> replyTo) implements OperatorCommand {}

  /** Replaces all processes of a service so that it never has fewer ready than before. */
  public record RestartRolling(String service, ActorRef<CommandReply> replyTo)
      implements OperatorCommand {}

  /**
   * Gives a service this many slots, until everything is stopped.
   *
   * @param instances 1 to {@value ServiceSettings#MOST_INSTANCES}
   */
  public record Scale(String service, int instances, ActorRef<CommandReply> replyTo)
      implements OperatorCommand {}

  /** Stops all slots in order, and starts none again; a second one joins the first. */
  public record StopAll(ActorRef<StopResult> replyTo) implements Command {}

  /** The answer to an operator's command. */
  public sealed interface CommandReply {}

  /**
   * It has begun.
   *
   * @param slots that are concerned
   * @param rollout the id under which {@link ClusterStatus} tells how far it is; 0 if it does not
   */
  public record Begun(List<String> slots, long rollout) implements CommandReply {}

  public record UnknownTarget(List<String> known) implements CommandReply {}

  /**
   * It cannot be done now.
   *
   * @param why with what to do instead
   */
  public record Refused(String why) implements CommandReply {}

  private record SlotChanged(SlotSnapshot snapshot) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum RolloutTick implements Command {
    INSTANCE
  }

  private enum StillOutside implements Command {
    INSTANCE
  }

  private static final Duration ROLLOUT_TICK = Duration.ofSeconds(1);

  /** How often it is said that the cluster of the adopted processes has not answered. */
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
  private final EndedProcesses ended;
  private final Rollouts rollouts;
  private final OperatorCommands commands;
  private final List<ActorRef<StopResult>> stopRequests = new ArrayList<>();
  private RegistryView view = RegistryView.EMPTY;
  private boolean awaitsCluster;
  private @Nullable StopAllPlan stopAll;

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
        new DeadMemberDetector(String.valueOf(seed.address()), environment.cluster());
    this.ended = new EndedProcesses(recovered.ended());
    this.slots =
        new Slots(
            context,
            specs.first(),
            environment,
            recovered,
            context.messageAdapter(SlotSnapshot.class, SlotChanged::new),
            seed.since());
    this.rollouts = new Rollouts(slots, environment.ticker(), context.getLog());
    this.commands =
        new OperatorCommands(specs, slots, rollouts, environment, journal, context.getLog());
    this.awaitsCluster = !recovered.processes().isEmpty();
    if (awaitsCluster) {
      timers.startTimerWithFixedDelay(StillOutside.INSTANCE, OUTSIDE_NOTICE);
    }
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param seed what to say of the seed node itself
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
        .onMessage(OperatorCommand.class, this::onOperatorCommand)
        .onMessage(StopAll.class, this::onStopAll)
        .onMessage(RolloutTick.class, tick -> onRolloutTick())
        .onMessage(StillOutside.class, outside -> onStillOutside())
        .onSignal(ChildFailed.class, this::onSlotFailed)
        .onSignal(Terminated.class, retired -> this)
        .build();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    slots
        .address(changed.snapshot().slot())
        .filter(address -> !address.equals(changed.snapshot().address()))
        .ifPresent(ended::add);
    slots.update(changed.snapshot());
    save();
    journal.tell(new EventJournal.SlotChanged(changed.snapshot()));
    observe(changed.snapshot());
    formClusterIfAllAdoptedEnded();
    proceed();
    rollouts.advance();
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    view = changed.view();
    if (awaitsCluster && InstanceObservations.isSelfIn(view)) {
      inCluster();
    }
    slots.snapshots().forEach(this::observe);
    Set<String> ours =
        slots.snapshots().stream()
            .map(SlotSnapshot::address)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    deadMembers.confirmedDead(view, ours, recovered.knownDead(), ended).forEach(this::confirmDead);
    return this;
  }

  private void confirmDead(String address) {
    Optional<Registration> registered = view.instanceAt(address).map(InstanceView::registration);
    if (registered.isPresent()) {
      Registration known = registered.get();
      journal.tell(
          new EventJournal.Belonged(address, known.slot(), known.generation(), known.pid()));
    } else if (deadMembers.isSeed(address, view)) {
      journal.tell(new EventJournal.Belonged(address, seed.slot(), 0, null));
    }
    environment.cluster().confirmDead(address, DeathCause.UNKNOWN);
  }

  private Behavior<Command> onGetStatus(GetStatus get) {
    List<SlotStatus> all =
        Stream.concat(Stream.of(seed), slots.statuses().stream().map(this::explained)).toList();
    get.replyTo().tell(new ClusterStatus(gatewayUrl(), all, rollouts.all()));
    return this;
  }

  private Behavior<Command> onOperatorCommand(OperatorCommand command) {
    command
        .replyTo()
        .tell(
            stopAll == null ? commands.execute(command) : OperatorCommands.REFUSED_WHILE_STOPPING);
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

  private Behavior<Command> onStopAll(StopAll request) {
    stopRequests.add(request.replyTo());
    if (stopAll == null) {
      stopAll = new StopAllPlan(dependencies);
      rollouts.cancel("the cluster is being stopped");
    }
    proceed();
    return this;
  }

  // A silent cluster proves nothing: its members may be stopped, or busy. Nothing is ended for it.
  private Behavior<Command> onStillOutside() {
    getContext()
        .getLog()
        .warn(
            "the processes found running have not let this seed node into their cluster yet;"
                + " it waits, and ends none of them. If they are in no cluster any more:"
                + " bin/troupe restart SLOT");
    return this;
  }

  private Behavior<Command> onSlotFailed(ChildFailed failed) {
    throw new IllegalStateException(
        "the actor of a slot failed: " + failed.getRef().path().name(), failed.cause());
  }

  /** When each adopted process has ended, their cluster has ended with them: that is proof. */
  private void formClusterIfAllAdoptedEnded() {
    Set<String> adopted =
        recovered.processes().values().stream()
            .map(process -> process.address())
            .collect(Collectors.toSet());
    if (awaitsCluster
        && slots.snapshots().stream()
            .filter(slot -> recovered.processes().containsKey(slot.slot()))
            .noneMatch(slot -> isUnheard(slot) || adopted.contains(slot.address()))) {
      getContext().getLog().warn("all processes found running have ended: forming a new cluster");
      environment.cluster().formCluster();
      inCluster();
    }
  }

  // The slot of an adopted process has one from its first word on.
  private static boolean isUnheard(SlotSnapshot slot) {
    return slot.shown() == SlotState.PENDING;
  }

  private void inCluster() {
    awaitsCluster = false;
    timers.cancel(StillOutside.INSTANCE);
    proceed();
  }

  private void proceed() {
    if (stopAll == null) {
      // A process that is launched before there is a cluster to join could only wait.
      if (!awaitsCluster) {
        dependencies
            .startable(slots.statuses())
            .forEach(slot -> slots.tell(slot.slot(), LifecycleEvent.Order.START));
      }
      return;
    }
    List<SlotSnapshot> now = slots.snapshots();
    if (stopAll.isOver(now)) {
      StopResult result = stopAll.result(now);
      stopRequests.forEach(replyTo -> replyTo.tell(result));
      stopRequests.clear();
      return;
    }
    stopAll.next(now).forEach(slot -> slots.tell(slot, LifecycleEvent.Order.STOP));
  }

  private void observe(SlotSnapshot slot) {
    String address = slot.address();
    if (address != null && InstanceObservations.isSelfIn(view)) {
      slots.tell(slot.slot(), new LifecycleEvent.Observed(InstanceObservations.of(address, view)));
    }
  }

  private SlotStatus explained(SlotStatus slot) {
    List<String> missing = dependencies.missing(slot.service(), slots.statuses());
    if (slot.state() != SlotState.PENDING || missing.isEmpty()) {
      return slot;
    }
    return slot.withReason("waits for " + String.join(", ", missing));
  }

  private @Nullable String gatewayUrl() {
    return view.instancesOf(NodeNames.GATEWAY)
        .map(instance -> instance.registration().url())
        .findFirst()
        .orElse(null);
  }

  private void save() {
    stateWriter.tell(
        StateSnapshot.of(slots.snapshots(), slots.generations(), commands.scaled(), ended));
  }
}
