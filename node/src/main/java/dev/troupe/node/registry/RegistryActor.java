package dev.troupe.node.registry;

import dev.troupe.protocol.registry.DataReport;
import dev.troupe.protocol.registry.DataRequest;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Owns the view of the cluster that this node has, and sends it to subscribers. */
public final class RegistryActor extends AbstractBehavior<RegistryActor.Command> {
  /** What the registry can be told. */
  public sealed interface Command {}

  /** Sends {@code subscriber} the view now and after each change. */
  public record Watch(ActorRef<RegistryView> subscriber) implements Command {}

  /** The process of the node at {@code address} was seen to exit. */
  public record Died(String address, DeathCause cause) implements Command {}

  /** Instances have sent pulses. */
  public record Pulsed(List<Pulse> pulses) implements Command {}

  /**
   * Answers what this node holds of Distributed Data.
   *
   * @param slot of this node
   */
  public record Tell(String slot, DataRequest request) implements Command {}

  private record MembershipChanged(ClusterEvent.ClusterDomainEvent event) implements Command {}

  private record DataChanged(Replicator.SubscribeResponse<? extends ReplicatedData> response)
      implements Command {}

  private record Read(InitialReader.Result result) implements Command {}

  private enum SilenceCheck implements Command {
    INSTANCE
  }

  private static final Duration SILENCE_CHECK_INTERVAL = Duration.ofMillis(500);

  /** From this silence on each check sends a view; an instance sends a heartbeat each second. */
  private static final Duration LATE = Duration.ofMillis(1500);

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final RegistryState state;
  private final RegistryEntries entries;
  private boolean readStarted;
  private final AtomicReference<RegistryView> newest;
  private final List<ActorRef<RegistryView>> subscribers = new ArrayList<>();
  private final Set<String> countedServices = new HashSet<>();
  private final ReplicatorMessageAdapter<Command, GCounter> counters;

  private RegistryActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Duration suspectAfter,
      AtomicReference<RegistryView> newest) {
    super(context);
    this.newest = newest;
    this.entries =
        new RegistryEntries(fault -> context.getLog().warn("Distributed Data: {}; ignored", fault));
    Cluster cluster = Cluster.get(context.getSystem());
    this.state = new RegistryState(cluster.selfMember().address(), suspectAfter);
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(
                    ClusterEvent.ClusterDomainEvent.class, MembershipChanged::new),
                ClusterEvent.ClusterDomainEvent.class));
    subscribe(RegistryKeys.DESCRIPTORS);
    subscribe(RegistryKeys.REGISTRATIONS);
    subscribe(RegistryKeys.HEARTBEATS);
    subscribe(RegistryKeys.CONFIGURED);
    this.counters = adapter();
    timers.startTimerWithFixedDelay(SilenceCheck.INSTANCE, SILENCE_CHECK_INTERVAL);
  }

  /**
   * @param suspectAfter how long an instance may be silent before it gets no new requests
   * @param newest gets each new view, for readers on any thread
   */
  public static Behavior<Command> create(
      Duration suspectAfter, AtomicReference<RegistryView> newest) {
    return Behaviors.setup(
        context -> {
          // Otherwise Pekko would log under the name of one of its own classes.
          context.setLoggerName(RegistryActor.class);
          return Behaviors.withTimers(
              timers -> new RegistryActor(context, timers, suspectAfter, newest));
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Watch.class, this::onWatch)
        .onMessage(Died.class, this::onDied)
        .onMessage(Pulsed.class, this::onPulsed)
        .onMessage(Tell.class, this::onTell)
        .onMessage(MembershipChanged.class, this::onMembershipChanged)
        .onMessage(DataChanged.class, this::onDataChanged)
        .onMessage(Read.class, this::onRead)
        .onMessage(SilenceCheck.class, check -> onSilenceCheck())
        .onSignal(Terminated.class, this::onReaderStopped)
        .build();
  }

  private Behavior<Command> onWatch(Watch watch) {
    subscribers.add(watch.subscriber());
    watch.subscriber().tell(newest.get());
    return this;
  }

  private Behavior<Command> onDied(Died died) {
    state.died(died.address(), died.cause());
    publish();
    return this;
  }

  // Subscribers need to know when a late instance is heard again, and not of each pulse.
  private Behavior<Command> onPulsed(Pulsed pulsed) {
    long now = System.nanoTime();
    boolean back = false;
    for (Pulse pulse : pulsed.pulses()) {
      back |= state.pulse(pulse, now).compareTo(LATE) > 0;
      state.sender(pulse).ifPresent(address -> HeardNodes.heard(address, now));
    }
    if (back) {
      publish();
    }
    return this;
  }

  private Behavior<Command> onTell(Tell tell) {
    long now = System.nanoTime();
    state.observe(now);
    List<DataReport.Entry> entries = state.entries(DataReport.MOST_ENTRIES, now);
    tell.request()
        .replyTo()
        .tell(
            new DataReport(
                tell.request().query(),
                DataReport.VERSION,
                tell.slot(),
                state.isSynced(),
                entries,
                state.entryCount() - entries.size()));
    return this;
  }

  private Behavior<Command> onMembershipChanged(MembershipChanged changed) {
    ClusterEvent.ClusterDomainEvent event = changed.event();
    if (!state.apply(event)) {
      return this;
    }
    if (event instanceof ClusterEvent.MemberEvent member) {
      readWhenUp(member.member());
    } else if (event instanceof ClusterEvent.UnreachableMember lost) {
      logReachability(lost.member(), "cannot be reached");
    } else if (event instanceof ClusterEvent.ReachableMember back) {
      logReachability(back.member(), "can be reached again");
    }
    publish();
    return this;
  }

  // The supervisor has logged the members that are known to be dead.
  private void logReachability(Member member, String what) {
    if (!state.isDead(member)) {
      getContext()
          .getLog()
          .info("{} at {} {}", RegistryState.roles(member), member.address(), what);
    }
  }

  private Behavior<Command> onDataChanged(DataChanged changed) {
    if (!(changed.response() instanceof Replicator.Changed<? extends ReplicatedData> data)) {
      return this;
    }
    take(data.key(), data.dataValue());
    publish();
    return this;
  }

  private void take(Key<?> key, ReplicatedData data) {
    entries.apply(key, data, state, System.nanoTime());
    countNewServices(state.services());
  }

  // The other members write to this node only once it is Up, so a read before that could miss what
  // they write in between.
  private void readWhenUp(Member member) {
    boolean up =
        member.status().equals(MemberStatus.up())
            || member.status().equals(MemberStatus.weaklyUp());
    if (up && !readStarted && member.equals(Cluster.get(getContext().getSystem()).selfMember())) {
      readStarted = true;
      getContext()
          .watch(
              getContext()
                  .spawn(
                      InitialReader.create(
                          getContext().messageAdapter(InitialReader.Result.class, Read::new)),
                      "initial-reader",
                      DispatcherSelector.sameAsParent()));
    }
  }

  private Behavior<Command> onRead(Read read) {
    if (read.result() instanceof InitialReader.Found found) {
      take(found.key(), found.data());
    } else {
      state.synced();
    }
    publish();
    return this;
  }

  // A registry whose initial read has failed would never be synced, so it fails too.
  private Behavior<Command> onReaderStopped(Terminated stopped) {
    if (stopped instanceof ChildFailed failed) {
      throw new IllegalStateException("the initial read failed", failed.getCause());
    }
    return this;
  }

  private void countNewServices(Set<String> services) {
    for (String service : services) {
      if (countedServices.add(service)) {
        counters.subscribe(RegistryKeys.requests(service), DataChanged::new);
        counters.subscribe(RegistryKeys.errors(service), DataChanged::new);
      }
    }
  }

  // No event tells that an instance is silent, so a timer checks it.
  private Behavior<Command> onSilenceCheck() {
    RegistryView view = view();
    if (view.instances().stream().anyMatch(i -> i.silence().compareTo(LATE) > 0)) {
      publish(view);
    } else {
      // Pulses have come since the last view, which only its readers need to know.
      newest.set(view);
    }
    return this;
  }

  private void publish() {
    publish(view());
  }

  private RegistryView view() {
    long now = System.nanoTime();
    Duration pause = state.observe(now);
    if (!pause.isZero()) {
      getContext()
          .getLog()
          .warn(
              "this process did not run for {} ms; the silence of other nodes counts from now",
              pause.toMillis());
    }
    return state.view(now);
  }

  private void publish(RegistryView view) {
    newest.set(view);
    subscribers.forEach(subscriber -> subscriber.tell(view));
  }

  private <D extends ReplicatedData> void subscribe(Key<D> key) {
    this.<D>adapter().subscribe(key, DataChanged::new);
  }

  private <D extends ReplicatedData> ReplicatorMessageAdapter<Command, D> adapter() {
    return new ReplicatorMessageAdapter<>(
        getContext(), DistributedData.get(getContext().getSystem()).replicator(), ASK_TIMEOUT);
  }
}
