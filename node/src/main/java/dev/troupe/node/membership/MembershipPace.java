package dev.troupe.node.membership;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterHeartbeatSender;
import org.apache.pekko.cluster.InternalClusterAction;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Owns the pace of Pekko Cluster on this node. At rest Pekko gossips at the slow intervals of
 * {@code troupe-node.conf}. While membership changes, this actor makes the cluster do its periodic
 * work every {@link #INTERVAL}, so that a process joins and leaves quickly.
 *
 * <p>The messages are those that Pekko's own timers send. They are internal to Pekko; {@code
 * MembershipPaceTest} fails if another version of Pekko does not take them.
 */
public final class MembershipPace extends AbstractBehavior<MembershipPace.Command> {
  /** All messages are private. */
  public sealed interface Command {}

  private record Happened(ClusterEvent.ClusterDomainEvent event) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  static final Duration INTERVAL = Duration.ofMillis(200);

  /** A new member is monitored from its first heartbeat on, so the first ones must come soon. */
  private static final int TICKS_PER_HEARTBEAT = 10;

  private static final List<Object> PERIODIC_WORK =
      List.of(
          InternalClusterAction.ReapUnreachableTick$.MODULE$,
          InternalClusterAction.LeaderActionsTick$.MODULE$,
          InternalClusterAction.GossipTick$.MODULE$);

  private final TimerScheduler<Command> timers;
  private final Cluster cluster;
  private final ActorRef membership;
  private final org.apache.pekko.actor.typed.ActorRef<Replicator.Command> replicator;
  private final ActorSelection heartbeats;
  private final MembershipChanges changes = new MembershipChanges(System.nanoTime());
  private int ticks;

  private MembershipPace(ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(context);
    this.timers = timers;
    this.cluster = Cluster.get(context.getSystem());
    this.membership =
        org.apache.pekko.cluster.Cluster.get(context.getSystem().classicSystem()).clusterCore();
    this.heartbeats =
        context
            .getSystem()
            .classicSystem()
            .actorSelection("/system/cluster/core/daemon/heartbeatSender");
    this.replicator = DistributedData.get(context.getSystem()).replicator();
    var events = context.messageAdapter(ClusterEvent.ClusterDomainEvent.class, Happened::new);
    cluster
        .subscriptions()
        .tell(Subscribe.create(events.unsafeUpcast(), ClusterEvent.MemberEvent.class));
    cluster
        .subscriptions()
        .tell(Subscribe.create(events.unsafeUpcast(), ClusterEvent.ReachabilityEvent.class));
    timers.startTimerWithFixedDelay(Tick.INSTANCE, INTERVAL);
  }

  /** The actor of one node, from before it joins until it ends. */
  public static Behavior<Command> create() {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new MembershipPace(context, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Happened.class, this::onHappened)
        .onMessage(Tick.class, tick -> onTick())
        .build();
  }

  private Behavior<Command> onHappened(Happened happened) {
    changes.happened(happened.event(), System.nanoTime());
    if (!timers.isTimerActive(Tick.INSTANCE)) {
      timers.startTimerWithFixedDelay(Tick.INSTANCE, INTERVAL);
    }
    return this;
  }

  private Behavior<Command> onTick() {
    boolean isMember = !cluster.selfMember().status().equals(MemberStatus.removed());
    if (isMember && !changes.areUnderWay(System.nanoTime())) {
      timers.cancel(Tick.INSTANCE);
      return this;
    }
    PERIODIC_WORK.forEach(work -> membership.tell(work, ActorRef.noSender()));
    ticks++;
    if (ticks % TICKS_PER_HEARTBEAT == 0) {
      heartbeats.tell(ClusterHeartbeatSender.HeartbeatTick$.MODULE$, ActorRef.noSender());
    }
    replicator.tell(Replicator.flushChanges());
    return this;
  }
}
