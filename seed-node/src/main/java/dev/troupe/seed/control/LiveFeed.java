package dev.troupe.seed.control;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Sends viewers the status of the cluster whenever it changes, each event of the journal, and
 * figures, as server-sent events. While nobody looks it does nothing.
 */
final class LiveFeed extends AbstractBehavior<LiveFeed.Command> {
  sealed interface Command {}

  /** Adds a viewer. */
  record Join(ActorRef<Joined> replyTo) implements Command {}

  /**
   * @param events what the viewer gets; null if there are too many viewers
   */
  record Joined(@Nullable Source<ByteString, NotUsed> events) {}

  private record StatusCame(ClusterStatus status) implements Command {}

  private record Happened(Event event) implements Command {}

  private enum Timer implements Command {
    LOOK,
    SAMPLE,
    ALIVE
  }

  static final int MOST_VIEWERS = 32;

  // Enough for a stop of all slots; a viewer that is further behind connects again.
  private static final int MOST_UNREAD = 512;
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(2);
  private static final Duration ALIVE_INTERVAL = Duration.ofSeconds(5);

  private final TimerScheduler<Command> timers;
  private final ActorRef<SupervisorActor.Command> supervisor;
  private final ActorRef<ClusterStatus> statusReplies;
  private final Supplier<RegistryView> registry;
  private final FigureSampler figures = new FigureSampler();
  private final List<BoundedSourceQueue<ByteString>> viewers = new ArrayList<>();
  private JournalPosition position = JournalPosition.BEGIN;
  private @Nullable ClusterStatus last;

  private LiveFeed(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      Supplier<RegistryView> registry) {
    super(context);
    this.timers = timers;
    this.registry = registry;
    this.supervisor = supervisor;
    this.statusReplies = context.messageAdapter(ClusterStatus.class, StatusCame::new);
    journal.tell(new EventJournal.Watch(context.messageAdapter(Event.class, Happened::new)));
  }

  /**
   * Looks at the status four times a second while there are viewers.
   *
   * @param registry the newest view of the cluster
   */
  static Behavior<Command> create(
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      Supplier<RegistryView> registry) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new LiveFeed(context, timers, supervisor, journal, registry)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Join.class, this::onJoin)
        .onMessage(StatusCame.class, this::onStatus)
        .onMessage(Happened.class, this::onHappened)
        .onMessageEquals(Timer.LOOK, this::onLook)
        .onMessageEquals(Timer.SAMPLE, this::onSample)
        .onMessageEquals(Timer.ALIVE, this::onAlive)
        .build();
  }

  private Behavior<Command> onJoin(Join join) {
    removeGone();
    if (viewers.size() >= MOST_VIEWERS) {
      join.replyTo().tell(new Joined(null));
      return this;
    }
    Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> viewer =
        Source.<ByteString>queue(MOST_UNREAD).preMaterialize(getContext().getSystem());
    viewers.add(viewer.first());
    if (last == null) {
      timers.startTimerWithFixedDelay(Timer.LOOK, LOOK_INTERVAL);
      timers.startTimerWithFixedDelay(Timer.SAMPLE, Duration.ZERO, SAMPLE_INTERVAL);
      timers.startTimerWithFixedDelay(Timer.ALIVE, ALIVE_INTERVAL);
      onLook();
    } else {
      viewer.first().offer(ServerSentMessages.of("status", last));
    }
    join.replyTo().tell(new Joined(viewer.second()));
    return this;
  }

  private Behavior<Command> onLook() {
    supervisor.tell(new SupervisorActor.GetStatus(statusReplies));
    return this;
  }

  private Behavior<Command> onStatus(StatusCame came) {
    if (!came.status().equals(last)) {
      last = came.status();
      send(ServerSentMessages.of("status", came.status()));
    }
    return this;
  }

  private Behavior<Command> onHappened(Happened happened) {
    position = position.next(happened.event().at());
    if (!viewers.isEmpty()) {
      send(ServerSentMessages.of(position.text(), "event", happened.event()));
    }
    return this;
  }

  private Behavior<Command> onSample() {
    send(ServerSentMessages.of("figures", figures.sample(registry.get(), System.nanoTime())));
    return this;
  }

  // Tells the page that the seed node lives, and finds out who has gone.
  private Behavior<Command> onAlive() {
    send(ServerSentMessages.ALIVE);
    if (viewers.isEmpty()) {
      timers.cancelAll();
      last = null;
      figures.forget();
    }
    return this;
  }

  private void send(ByteString message) {
    for (BoundedSourceQueue<ByteString> viewer : viewers) {
      if (!viewer.offer(message).isEnqueued() && !viewer.isCompleted()) {
        viewer.complete();
      }
    }
    removeGone();
  }

  private void removeGone() {
    viewers.removeIf(BoundedSourceQueue::isCompleted);
  }
}
