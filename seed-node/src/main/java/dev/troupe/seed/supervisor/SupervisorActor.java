package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.StopResult;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.slot.SlotActor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Owns all slots of a home: their order of start and stop, and what is known of each. */
public final class SupervisorActor extends AbstractBehavior<SupervisorActor.Command> {
  /** What the supervisor can be told. */
  public sealed interface Command {}

  /** Tells the state of all slots. */
  public record GetStatus(ActorRef<ClusterStatus> replyTo) implements Command {}

  /** What an operator wants done. */
  public sealed interface Order extends Command {
    ActorRef<OrderReply> replyTo();
  }

  /** Restarts one slot, or all of a service at once. */
  public record Restart(String target, ActorRef<OrderReply> replyTo) implements Order {}

  /** Replaces all processes of a service so that it never has fewer ready than before. */
  public record RestartRolling(String service, ActorRef<OrderReply> replyTo) implements Order {}

  /**
   * Gives a service this many slots, until everything is stopped.
   *
   * @param instances 1 to {@value ServiceSettings#MOST_INSTANCES}
   */
  public record Scale(String service, int instances, ActorRef<OrderReply> replyTo)
      implements Order {}

  /** Stops all slots in order, and starts none again. */
  public record StopAll(ActorRef<StopResult> replyTo) implements Command {}

  /** The answer to an operator's order. */
  public sealed interface OrderReply {}

  /**
   * It has begun.
   *
   * @param slots that are concerned
   */
  public record Begun(List<String> slots) implements OrderReply {}

  public record UnknownTarget(List<String> known) implements OrderReply {}

  /**
   * It cannot be done now.
   *
   * @param why with what to do instead
   */
  public record Refused(String why) implements OrderReply {}

  private record SlotChanged(SlotStatus status) implements Command {}

  private record ViewChanged(RegistryView view) implements Command {}

  private enum AdoptionTimeout implements Command {
    INSTANCE
  }

  /** How long the cluster of the adopted processes has to welcome this node. */
  private static final Duration ADOPTION_TIMEOUT = Duration.ofSeconds(8);

  private final TimerScheduler<Command> timers;
  private final SlotStatus seed;
  private final Inheritance inheritance;
  private final ClusterGate cluster;
  private final ActorRef<SavedState> stateWriter;
  private final ActorRef<EventJournal.Command> journal;
  private final Dependencies dependencies;
  private final Undertaker undertaker;
  private final Fleet fleet;
  private final Rollouts rollouts;
  private final Orders orders;
  private final List<ActorRef<StopResult>> stopRequests = new ArrayList<>();
  private RegistryView view = RegistryView.EMPTY;

  private SupervisorActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SlotStatus seed,
      SlotFactory factory,
      Inheritance inheritance,
      ClusterGate cluster,
      ActorRef<RegistryActor.Command> registry,
      ActorRef<SavedState> stateWriter,
      ActorRef<EventJournal.Command> journal) {
    super(context);
    this.timers = timers;
    this.seed = seed;
    this.inheritance = inheritance;
    this.cluster = cluster;
    this.stateWriter = stateWriter;
    this.journal = journal;
    this.dependencies = factory.dependencies();
    this.undertaker = new Undertaker(String.valueOf(seed.address()), cluster);
    this.fleet =
        new Fleet(
            context,
            factory,
            inheritance,
            context.messageAdapter(SlotStatus.class, SlotChanged::new),
            seed.since());
    this.rollouts = new Rollouts(fleet, context.getLog());
    this.orders = new Orders(factory, fleet, rollouts, journal, context.getLog());
    if (!inheritance.processes().isEmpty()) {
      timers.startSingleTimer(AdoptionTimeout.INSTANCE, ADOPTION_TIMEOUT);
    }
    registry.tell(
        new RegistryActor.Watch(context.messageAdapter(RegistryView.class, ViewChanged::new)));
  }

  /**
   * @param seed what to say of the seed node itself
   */
  public static Behavior<Command> create(
      SlotStatus seed,
      SlotFactory factory,
      Inheritance inheritance,
      ClusterGate cluster,
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
                        factory,
                        inheritance,
                        cluster,
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
        .onMessage(Order.class, this::onOrder)
        .onMessage(StopAll.class, this::onStopAll)
        .onMessage(AdoptionTimeout.class, timeout -> onAdoptionTimeout())
        .build();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    SlotStatus status = changed.status();
    fleet.update(status);
    save();
    journal.tell(new EventJournal.SlotChanged(status));
    sight(status);
    proceed();
    rollouts.advance();
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    view = changed.view();
    if (Sightings.isSelfIn(view)) {
      timers.cancel(AdoptionTimeout.INSTANCE);
    }
    fleet.statuses().forEach(this::sight);
    Set<String> ours =
        fleet.statuses().stream()
            .map(SlotStatus::address)
            .filter(address -> address != null)
            .collect(Collectors.toSet());
    undertaker.provenDead(view, ours, inheritance.knownDead()).forEach(cluster::proveDead);
    return this;
  }

  private Behavior<Command> onGetStatus(GetStatus get) {
    List<SlotStatus> all =
        Stream.concat(Stream.of(seed), fleet.statuses().stream().map(this::explained)).toList();
    get.replyTo().tell(new ClusterStatus(gatewayUrl(), all, rollouts.all()));
    return this;
  }

  private Behavior<Command> onOrder(Order order) {
    order
        .replyTo()
        .tell(stopRequests.isEmpty() ? orders.carryOut(order) : Orders.REFUSED_WHILE_STOPPING);
    save();
    return this;
  }

  private Behavior<Command> onStopAll(StopAll stopAll) {
    stopRequests.add(stopAll.replyTo());
    rollouts.cancel();
    proceed();
    return this;
  }

  // Nobody of those we would adopt is in a cluster that answers: there is none to join.
  private Behavior<Command> onAdoptionTimeout() {
    getContext()
        .getLog()
        .warn("none of the processes found is in a living cluster: ending them, starting anew");
    inheritance.processes().values().forEach(process -> process.kill());
    cluster.formCluster();
    return this;
  }

  private void proceed() {
    if (stopRequests.isEmpty()) {
      dependencies
          .startable(fleet.statuses())
          .forEach(slot -> fleet.tell(slot.slot(), SlotActor.Start.INSTANCE));
      return;
    }
    if (fleet.statuses().stream().allMatch(Dependencies::isAtRest)) {
      stopRequests.forEach(
          replyTo -> replyTo.tell(new StopResult(List.of(), List.of(), List.of())));
      return;
    }
    dependencies
        .stoppable(fleet.statuses())
        .forEach(slot -> fleet.tell(slot.slot(), SlotActor.Stop.INSTANCE));
  }

  private void sight(SlotStatus slot) {
    if (slot.address() != null) {
      fleet.tell(slot.slot(), new SlotActor.Sighted(Sightings.of(slot.address(), view)));
    }
  }

  private SlotStatus explained(SlotStatus slot) {
    List<String> missing = dependencies.missing(slot.service(), fleet.statuses());
    if (slot.state() != SlotState.PENDING || missing.isEmpty()) {
      return slot;
    }
    return slot.because("waits for " + String.join(", ", missing));
  }

  private @Nullable String gatewayUrl() {
    return view.instancesOf(NodeNames.GATEWAY)
        .map(instance -> instance.registration().url())
        .findFirst()
        .orElse(null);
  }

  private void save() {
    stateWriter.tell(Estate.of(fleet.statuses(), fleet.generations(), orders.scaled()));
  }
}
