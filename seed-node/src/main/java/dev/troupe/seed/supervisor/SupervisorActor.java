package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.RegistryActor;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.adoption.SavedState;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.slot.SlotActor;
import dev.troupe.seed.slot.SlotSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.Done;
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

  /** Restarts one slot, or all of a service. */
  public record Restart(String target, ActorRef<RestartReply> replyTo) implements Command {}

  /** Stops all slots in order, and starts none again. */
  public record StopAll(ActorRef<Done> replyTo) implements Command {}

  /** The answer to {@link Restart}. */
  public sealed interface RestartReply {}

  public record Restarting(List<String> slots) implements RestartReply {}

  public record UnknownTarget(List<String> known) implements RestartReply {}

  /** Everything is being stopped, and nothing is launched any more. */
  public enum Stopping implements RestartReply {
    INSTANCE
  }

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
  private final Map<String, SupervisedSlot> slots = new LinkedHashMap<>();
  private final List<ActorRef<Done>> stopRequests = new ArrayList<>();
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
    ActorRef<SlotStatus> watcher = context.messageAdapter(SlotStatus.class, SlotChanged::new);
    for (SlotSpec spec : factory.specs()) {
      ActorRef<SlotActor.Command> actor =
          context.spawn(factory.slot(spec, inheritance, watcher), spec.slot());
      slots.put(spec.slot(), new SupervisedSlot(actor, notYet(spec)));
    }
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
        .onMessage(Restart.class, this::onRestart)
        .onMessage(StopAll.class, this::onStopAll)
        .onMessage(AdoptionTimeout.class, timeout -> onAdoptionTimeout())
        .build();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    SlotStatus status = changed.status();
    slots.computeIfPresent(status.slot(), (name, slot) -> slot.with(status));
    stateWriter.tell(Estate.of(statuses()));
    journal.tell(new EventJournal.SlotChanged(status));
    sight(status);
    proceed();
    return this;
  }

  private Behavior<Command> onViewChanged(ViewChanged changed) {
    view = changed.view();
    if (Sightings.isSelfIn(view)) {
      timers.cancel(AdoptionTimeout.INSTANCE);
    }
    statuses().forEach(this::sight);
    Set<String> ours =
        statuses().stream()
            .map(SlotStatus::address)
            .filter(address -> address != null)
            .collect(Collectors.toSet());
    undertaker.provenDead(view, ours, inheritance.knownDead()).forEach(cluster::proveDead);
    return this;
  }

  private Behavior<Command> onGetStatus(GetStatus get) {
    List<SlotStatus> all =
        Stream.concat(Stream.of(seed), statuses().stream().map(this::explained)).toList();
    get.replyTo().tell(new ClusterStatus(gatewayUrl(), all));
    return this;
  }

  private Behavior<Command> onRestart(Restart restart) {
    if (!stopRequests.isEmpty()) {
      restart.replyTo().tell(Stopping.INSTANCE);
      return this;
    }
    List<SlotStatus> targets =
        statuses().stream()
            .filter(
                slot ->
                    slot.slot().equals(restart.target()) || slot.service().equals(restart.target()))
            .toList();
    if (targets.isEmpty()) {
      List<String> known =
          statuses().stream()
              .flatMap(slot -> Stream.of(slot.slot(), slot.service()))
              .distinct()
              .sorted()
              .toList();
      restart.replyTo().tell(new UnknownTarget(known));
      return this;
    }
    targets.forEach(slot -> actor(slot).tell(SlotActor.Restart.INSTANCE));
    restart.replyTo().tell(new Restarting(targets.stream().map(SlotStatus::slot).toList()));
    return this;
  }

  private Behavior<Command> onStopAll(StopAll stopAll) {
    stopRequests.add(stopAll.replyTo());
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
          .startable(statuses())
          .forEach(slot -> actor(slot).tell(SlotActor.Start.INSTANCE));
      return;
    }
    if (statuses().stream().allMatch(Dependencies::isAtRest)) {
      stopRequests.forEach(replyTo -> replyTo.tell(Done.getInstance()));
      return;
    }
    dependencies.stoppable(statuses()).forEach(slot -> actor(slot).tell(SlotActor.Stop.INSTANCE));
  }

  private void sight(SlotStatus slot) {
    if (slot.address() != null) {
      actor(slot).tell(new SlotActor.Sighted(Sightings.of(slot.address(), view)));
    }
  }

  private SlotStatus explained(SlotStatus slot) {
    List<String> missing = dependencies.missing(slot.service(), statuses());
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

  private SlotStatus notYet(SlotSpec spec) {
    return new SlotStatus(
        spec.slot(),
        spec.service(),
        SlotState.STOPPED,
        inheritance.generation(spec.slot()),
        null,
        null,
        seed.since(),
        null,
        0,
        null,
        null,
        List.of());
  }

  private Collection<SlotStatus> statuses() {
    return slots.values().stream().map(SupervisedSlot::status).toList();
  }

  private ActorRef<SlotActor.Command> actor(SlotStatus slot) {
    return Objects.requireNonNull(slots.get(slot.slot())).actor();
  }
}
