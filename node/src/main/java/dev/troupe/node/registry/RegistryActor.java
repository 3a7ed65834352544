package dev.troupe.node.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  public record Died(String address) implements Command {}

  private record MembershipChanged(ClusterEvent.ClusterDomainEvent event) implements Command {}

  private record DataChanged(Replicator.SubscribeResponse<? extends ReplicatedData> response)
      implements Command {}

  private enum Look implements Command {
    INSTANCE
  }

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  /** An instance beats each second; one this late is worth telling about. */
  private static final Duration LATE = Duration.ofMillis(1500);

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final RegistryState state;
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
        context ->
            Behaviors.withTimers(
                timers -> new RegistryActor(context, timers, suspectAfter, newest)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Watch.class, this::onWatch)
        .onMessage(Died.class, this::onDied)
        .onMessage(MembershipChanged.class, this::onMembershipChanged)
        .onMessage(DataChanged.class, this::onDataChanged)
        .onMessage(Look.class, look -> onLook())
        .build();
  }

  private Behavior<Command> onWatch(Watch watch) {
    subscribers.add(watch.subscriber());
    watch.subscriber().tell(newest.get());
    return this;
  }

  private Behavior<Command> onDied(Died died) {
    state.died(died.address());
    publish();
    return this;
  }

  private Behavior<Command> onMembershipChanged(MembershipChanged changed) {
    ClusterEvent.ClusterDomainEvent event = changed.event();
    if (event instanceof ClusterEvent.MemberRemoved removed) {
      state.removed(removed.member());
    } else if (event instanceof ClusterEvent.MemberEvent member) {
      state.member(member.member());
    } else if (event instanceof ClusterEvent.UnreachableMember lost) {
      state.reachable(lost.member(), false);
    } else if (event instanceof ClusterEvent.ReachableMember back) {
      state.reachable(back.member(), true);
    } else if (event instanceof ClusterEvent.LeaderChanged leader) {
      state.leader(leader.getLeader());
    } else {
      return this;
    }
    publish();
    return this;
  }

  private Behavior<Command> onDataChanged(DataChanged changed) {
    if (!(changed.response() instanceof Replicator.Changed<? extends ReplicatedData> data)) {
      return this;
    }
    if (data.key().equals(RegistryKeys.DESCRIPTORS)) {
      state.descriptors(data.get(RegistryKeys.DESCRIPTORS).getEntries());
      countNewServices(data.get(RegistryKeys.DESCRIPTORS).getEntries().keySet());
    } else if (data.key().equals(RegistryKeys.REGISTRATIONS)) {
      state.registrations(data.get(RegistryKeys.REGISTRATIONS).getEntries());
    } else if (data.key().equals(RegistryKeys.HEARTBEATS)) {
      state.heartbeats(data.get(RegistryKeys.HEARTBEATS).getEntries(), System.nanoTime());
    } else {
      count(data);
    }
    publish();
    return this;
  }

  private void count(Replicator.Changed<? extends ReplicatedData> data) {
    for (String service : countedServices) {
      Key<GCounter> requests = RegistryKeys.requests(service);
      Key<GCounter> errors = RegistryKeys.errors(service);
      if (data.key().equals(requests)) {
        state.requests(service, data.get(requests).getValue().longValue());
      } else if (data.key().equals(errors)) {
        state.errors(service, data.get(errors).getValue().longValue());
      }
    }
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
    RegistryView view = state.view(System.nanoTime());
    if (view.instances().stream().anyMatch(i -> i.silence().compareTo(LATE) > 0)) {
      publish(view);
    }
    return this;
  }

  private void publish() {
    publish(state.view(System.nanoTime()));
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
