package dev.troupe.node.registry;

import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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

/** Owns this node's view of the cluster, and tells it to whoever subscribed. */
public final class RegistryActor extends AbstractBehavior<RegistryActor.Command> {
  /** What the registry can be told. */
  public sealed interface Command {}

  /** Tells {@code subscriber} the view now and whenever it changes. */
  public record Watch(ActorRef<RegistryView> subscriber) implements Command {}

  /** The process of the node at {@code address} was seen to exit. */
  public record Died(String address, DeathCause cause) implements Command {}

  private record MembershipChanged(ClusterEvent.ClusterDomainEvent event) implements Command {}

  private record DataChanged(Replicator.SubscribeResponse<? extends ReplicatedData> response)
      implements Command {}

  private record Answered(Replicator.GetResponse<? extends ReplicatedData> response)
      implements Command {}

  private enum Look implements Command {
    INSTANCE
  }

  private enum ReadAgain implements Command {
    INSTANCE
  }

  private enum ReadingOver implements Command {
    INSTANCE
  }

  /** What a new member has to read before it knows what runs. */
  private static final Set<Key<? extends ReplicatedData>> TO_READ =
      Set.of(RegistryKeys.DESCRIPTORS, RegistryKeys.REGISTRATIONS, RegistryKeys.HEARTBEATS);

  // Whoever registers writes to all members there are: any of them but the newest knows all.
  private static final Replicator.ReadConsistency OF_MOST =
      new Replicator.ReadMajority(Duration.ofSeconds(2));

  private static final Duration READ_INTERVAL = Duration.ofMillis(200);

  /** What the others know gets here by gossip in less time than this. */
  private static final Duration READING_BOUND = Duration.ofSeconds(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  /** An instance beats each second; one this late is worth telling about. */
  private static final Duration LATE = Duration.ofMillis(1500);

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final RegistryState state;
  private final RegistryEntries entries;
  private final TimerScheduler<Command> timers;
  private final ActorRef<Replicator.Command> replicator;
  private final Set<Key<? extends ReplicatedData>> unread = new HashSet<>(TO_READ);
  private boolean reading;
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
    this.timers = timers;
    this.entries =
        new RegistryEntries(fault -> context.getLog().warn("Distributed Data: {}; ignored", fault));
    this.replicator = DistributedData.get(context.getSystem()).replicator();
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
    this.counters = adapter();
    timers.startTimerWithFixedDelay(Look.INSTANCE, LOOK_INTERVAL);
  }

  /**
   * @param suspectAfter how long an instance may be silent before it gets no new requests
   * @param newest always holds the newest view, for readers on any thread
   */
  public static Behavior<Command> create(
      Duration suspectAfter, AtomicReference<RegistryView> newest) {
    return Behaviors.setup(
        context -> {
          // What a timer leads to would be logged in the name of Pekko's own classes.
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
        .onMessage(MembershipChanged.class, this::onMembershipChanged)
        .onMessage(DataChanged.class, this::onDataChanged)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(ReadAgain.class, again -> onReadAgain())
        .onMessage(ReadingOver.class, over -> onReadingOver())
        .onMessage(Look.class, look -> onLook())
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

  private Behavior<Command> onMembershipChanged(MembershipChanged changed) {
    ClusterEvent.ClusterDomainEvent event = changed.event();
    if (event instanceof ClusterEvent.MemberRemoved removed) {
      state.removed(removed.member());
    } else if (event instanceof ClusterEvent.MemberEvent member) {
      state.member(member.member());
      readIfUp(member.member());
    } else if (event instanceof ClusterEvent.UnreachableMember lost) {
      state.reachable(lost.member(), false);
      tellOfReachability(lost.member(), "cannot be reached");
    } else if (event instanceof ClusterEvent.ReachableMember back) {
      state.reachable(back.member(), true);
      tellOfReachability(back.member(), "can be reached again");
    } else if (event instanceof ClusterEvent.LeaderChanged leader) {
      state.leader(leader.getLeader());
    } else {
      return this;
    }
    publish();
    return this;
  }

  // Of those that are known to be dead the supervisor has told.
  private void tellOfReachability(Member member, String what) {
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
    if (key.equals(RegistryKeys.DESCRIPTORS)) {
      Map<String, ServiceDescriptor> descriptors = entries.descriptors(data);
      state.descriptors(descriptors);
      countNewServices(descriptors.keySet());
    } else if (key.equals(RegistryKeys.REGISTRATIONS)) {
      state.registrations(entries.registrations(data));
    } else if (key.equals(RegistryKeys.HEARTBEATS)) {
      state.heartbeats(entries.heartbeats(data), System.nanoTime());
    } else {
      entries.total(key.id(), data).ifPresent(total -> count(key, total));
    }
  }

  private void count(Key<?> key, long total) {
    for (String service : countedServices) {
      if (key.equals(RegistryKeys.requests(service))) {
        state.requests(service, total);
      } else if (key.equals(RegistryKeys.errors(service))) {
        state.errors(service, total);
      }
    }
  }

  // Earlier the others do not write to this node yet, and what they wrote would be missed.
  private void readIfUp(Member member) {
    boolean up =
        member.status().equals(MemberStatus.up())
            || member.status().equals(MemberStatus.weaklyUp());
    if (up && !reading && member.equals(Cluster.get(getContext().getSystem()).selfMember())) {
      reading = true;
      timers.startSingleTimer(ReadingOver.INSTANCE, READING_BOUND);
      onReadAgain();
    }
  }

  private Behavior<Command> onReadAgain() {
    unread.forEach(this::read);
    return this;
  }

  private <D extends ReplicatedData> void read(Key<D> key) {
    replicator.tell(new Replicator.Get<>(key, OF_MOST, answers()));
  }

  @SuppressWarnings("unchecked") // one adapter per class takes the answers for all keys
  private <D extends ReplicatedData> ActorRef<Replicator.GetResponse<D>> answers() {
    return getContext()
        .messageAdapter(
            (Class<Replicator.GetResponse<D>>) (Class<?>) Replicator.GetResponse.class,
            Answered::new);
  }

  private Behavior<Command> onAnswered(Answered answered) {
    Replicator.GetResponse<? extends ReplicatedData> response = answered.response();
    if (response instanceof Replicator.GetSuccess<? extends ReplicatedData> found) {
      take(found.key(), found.dataValue());
      unread.remove(found.key());
    } else if (response instanceof Replicator.NotFound<? extends ReplicatedData> nothing) {
      unread.remove(nothing.key());
    } else {
      timers.startSingleTimer(ReadAgain.INSTANCE, READ_INTERVAL);
      return this;
    }
    if (unread.isEmpty()) {
      synced();
    } else {
      publish();
    }
    return this;
  }

  private Behavior<Command> onReadingOver() {
    if (!state.isSynced()) {
      getContext()
          .getLog()
          .info(
              "fewer than half of the members have told within {} s what they know of {};"
                  + " going on with what came by gossip",
              READING_BOUND.toSeconds(),
              unread.stream().map(Key::id).sorted().toList());
      unread.clear();
      synced();
    }
    return this;
  }

  private void synced() {
    if (!state.isSynced()) {
      timers.cancel(ReadAgain.INSTANCE);
      timers.cancel(ReadingOver.INSTANCE);
      state.synced();
    }
    publish();
  }

  private void countNewServices(Set<String> services) {
    for (String service : services) {
      if (countedServices.add(service)) {
        counters.subscribe(RegistryKeys.requests(service), DataChanged::new);
        counters.subscribe(RegistryKeys.errors(service), DataChanged::new);
      }
    }
  }

  // Silence makes no event: whoever falls silent is noticed only by looking.
  private Behavior<Command> onLook() {
    RegistryView view = view();
    if (view.instances().stream().anyMatch(i -> i.silence().compareTo(LATE) > 0)) {
      publish(view);
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
              "this process did not run for {} ms; the silence of others counts from now",
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
