package dev.troupe.node.registry;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;

/**
 * Owns the initial read of the registry from the other members, after this node became a member.
 * Stops when every key is read or {@link #TIMEOUT} has passed.
 */
final class InitialReader extends AbstractBehavior<InitialReader.Command> {
  sealed interface Command {}

  private record Answered(Replicator.GetResponse<? extends ReplicatedData> response)
      implements Command {}

  private enum ReadAgain implements Command {
    INSTANCE
  }

  private enum TimeOver implements Command {
    INSTANCE
  }

  /** What the registry receives. */
  sealed interface Result {}

  record Found(Key<? extends ReplicatedData> key, ReplicatedData data) implements Result {}

  /** No more data follows. */
  enum Complete implements Result {
    INSTANCE
  }

  // An instance writes its registration to all members, so all but the newest members have it.
  private static final Replicator.ReadConsistency MAJORITY =
      new Replicator.ReadMajority(Duration.ofSeconds(2));

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

  /** Afterwards no read is needed: gossip needs less time to bring all entries. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Set<Key<? extends ReplicatedData>> unread =
      new HashSet<>(
          Set.of(
              RegistryKeys.DESCRIPTORS,
              RegistryKeys.REGISTRATIONS,
              RegistryKeys.HEARTBEATS,
              RegistryKeys.CONFIGURED));
  private final TimerScheduler<Command> timers;
  private final ActorRef<Replicator.Command> replicator;
  private final ActorRef<Result> registry;

  private InitialReader(
      ActorContext<Command> context, TimerScheduler<Command> timers, ActorRef<Result> registry) {
    super(context);
    this.timers = timers;
    this.replicator = DistributedData.get(context.getSystem()).replicator();
    this.registry = registry;
    timers.startSingleTimer(TimeOver.INSTANCE, TIMEOUT);
    unread.forEach(this::read);
  }

  static Behavior<Command> create(ActorRef<Result> registry) {
    return Behaviors.setup(
        context -> {
          // Otherwise Pekko would log under the name of one of its own classes.
          context.setLoggerName(InitialReader.class);
          return Behaviors.withTimers(timers -> new InitialReader(context, timers, registry));
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(ReadAgain.class, again -> onReadAgain())
        .onMessage(TimeOver.class, over -> onTimeOver())
        .build();
  }

  private <D extends ReplicatedData> void read(Key<D> key) {
    replicator.tell(new Replicator.Get<>(key, MAJORITY, answers()));
  }

  @SuppressWarnings("unchecked") // one adapter takes the answers for all keys
  private <D extends ReplicatedData> ActorRef<Replicator.GetResponse<D>> answers() {
    return getContext()
        .messageAdapter(
            (Class<Replicator.GetResponse<D>>) (Class<?>) Replicator.GetResponse.class,
            Answered::new);
  }

  private Behavior<Command> onAnswered(Answered answered) {
    Replicator.GetResponse<? extends ReplicatedData> response = answered.response();
    if (response instanceof Replicator.GetSuccess<? extends ReplicatedData> found) {
      registry.tell(new Found(found.key(), found.dataValue()));
      unread.remove(found.key());
    } else if (response instanceof Replicator.NotFound<? extends ReplicatedData> nothing) {
      unread.remove(nothing.key());
    } else {
      timers.startSingleTimer(ReadAgain.INSTANCE, RETRY_INTERVAL);
    }
    return unread.isEmpty() ? complete() : this;
  }

  private Behavior<Command> onReadAgain() {
    unread.forEach(this::read);
    return this;
  }

  private Behavior<Command> onTimeOver() {
    getContext()
        .getLog()
        .info(
            "within {} s no majority of the members has answered the read of {};"
                + " continuing with what gossip has brought",
            TIMEOUT.toSeconds(),
            unread.stream().map(Key::id).sorted().toList());
    return complete();
  }

  private Behavior<Command> complete() {
    registry.tell(Complete.INSTANCE);
    return Behaviors.stopped();
  }
}
