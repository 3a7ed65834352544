package dev.troupe.service.background;

import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.node.trace.Tracer;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.service.EventId;
import dev.troupe.protocol.service.EventSubscription;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.BackgroundSettings;
import dev.troupe.protocol.trace.TraceContext;
import dev.troupe.service.background.EventInbox.Due;
import dev.troupe.service.background.EventInbox.Position;
import dev.troupe.service.background.EventLog.EventPage;
import dev.troupe.service.background.EventRounds.Round;
import dev.troupe.service.queue.QueueMonitor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns the events of one source from its log to the handlers of this service, in rounds: read some
 * of the log, add them to the inbox, give those that are due to the service, and record what came
 * of it. The service gets an event as a request, so that it is handled like any other.
 */
final class SubscriptionActor extends AbstractBehavior<SubscriptionActor.Command> {
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  sealed interface Command {}

  private enum Look implements Command {
    INSTANCE
  }

  private record Positioned(Position position) implements Command {}

  private record PageRead(Outcome<EventPage> outcome) implements Command {}

  private record Taken(Round round) implements Command {}

  private record RoundFailed(Throwable cause) implements Command {}

  private record Replied(ServiceReply reply) implements Command {}

  private record Recorded(EventsInHand.Results results, Set<Due> dead) implements Command {}

  private record RecordingFailed(Throwable cause) implements Command {}

  private final BackgroundSettings settings;
  private final String source;
  private final EventRounds rounds;
  private final SubscriptionReport report;
  private final ActorRef<ServiceRequest> handlers;
  private final ActorRef<ServiceReply> replies;
  private final EventSpans spans;
  private final QueueMonitor monitor;
  private final EventsInHand inHand = new EventsInHand();
  private @Nullable Position position;
  private boolean inRound;
  private boolean recording;
  private boolean more;

  /**
   * @param subscriptions all to one source
   * @param handlers the actor of the service
   */
  static Behavior<Command> create(
      ServiceContext service,
      Storage storage,
      BackgroundSettings settings,
      List<EventSubscription> subscriptions,
      ActorRef<ServiceRequest> handlers) {
    String source = subscriptions.get(0).source();
    List<String> events = subscriptions.stream().map(EventSubscription::event).toList();
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SubscriptionActor(
                        context,
                        timers,
                        settings,
                        source,
                        new EventRounds(service, storage, settings, source, events),
                        new SubscriptionReport(service.slot(), source),
                        handlers)));
  }

  private SubscriptionActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      BackgroundSettings settings,
      String source,
      EventRounds rounds,
      SubscriptionReport report,
      ActorRef<ServiceRequest> handlers) {
    super(context);
    this.settings = settings;
    this.source = source;
    this.rounds = rounds;
    this.report = report;
    this.handlers = handlers;
    this.spans = new EventSpans(Tracer.of(context.getSystem()));
    this.monitor = QueueMonitor.of(context.getSystem());
    monitor.beginsToRead(source);
    this.replies = context.messageAdapter(ServiceReply.class, Replied::new);
    timers.startTimerWithFixedDelay(Look.INSTANCE, Duration.ZERO, settings.look());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Look.INSTANCE, this::onLook)
        .onMessage(Positioned.class, this::onPositioned)
        .onMessage(PageRead.class, this::onPageRead)
        .onMessage(Taken.class, this::onTaken)
        .onMessage(RoundFailed.class, this::onRoundFailed)
        .onMessage(Replied.class, this::onReplied)
        .onMessage(Recorded.class, this::onRecorded)
        .onMessage(RecordingFailed.class, this::onRecordingFailed)
        .onSignal(PostStop.class, signal -> onEnd())
        .build();
  }

  private Behavior<Command> onLook() {
    inHand.giveUpLate(System.nanoTime(), settings.timeout().plus(LAST_WORD));
    record();
    beginRound();
    return this;
  }

  private void beginRound() {
    if (inRound || !inHand.hasRoom(settings.parallel())) {
      return;
    }
    inRound = true;
    if (position == null) {
      step(rounds.takeOver(), Positioned::new);
    } else {
      step(rounds.read(position), PageRead::new);
    }
  }

  private <T> void step(CompletionStage<T> stage, Function<T, Command> done) {
    getContext()
        .pipeToSelf(
            stage,
            (result, failure) -> failure == null ? done.apply(result) : new RoundFailed(failure));
  }

  private Behavior<Command> onPositioned(Positioned positioned) {
    position = positioned.position();
    inRound = false;
    beginRound();
    return this;
  }

  private Behavior<Command> onPageRead(PageRead read) {
    Position from = Objects.requireNonNull(position);
    if (read.outcome() instanceof Outcome.Done<EventPage> done) {
      report.read(done.value().unknown());
      if (!done.value().more()) {
        monitor.hasReadAll(source);
      }
      onPage(from, done.value());
    } else {
      waiting("they cannot be read: " + messageOf(read.outcome()));
      // What is in the inbox is handled all the same.
      step(rounds.take(from, inHand.held()), Taken::new);
    }
    return this;
  }

  private static String messageOf(Outcome<EventPage> outcome) {
    if (!(outcome instanceof Outcome.Refused<EventPage> refused)) {
      return "it answered " + outcome;
    }
    return refused.status() == ReplyStatus.NOT_FOUND
        ? refused.message() + " (expected: a service that publishes events)"
        : refused.message();
  }

  private void onPage(Position from, EventPage page) {
    boolean otherLog = !from.log().isEmpty() && !page.log().equals(from.log());
    if (otherLog || page.newest() < from.number()) {
      Position now = new Position(page.log(), otherLog ? 0 : page.newest());
      report.replaced(from, now);
      step(rounds.begin(now), Positioned::new);
    } else if (page.last() > from.number()) {
      step(rounds.take(from, page, inHand.held()), Taken::new);
    } else {
      step(rounds.take(from, inHand.held()), Taken::new);
    }
  }

  private Behavior<Command> onTaken(Taken taken) {
    inRound = false;
    Round round = taken.round();
    position = round.position();
    round.due().forEach(this::give);
    more = round.more() || !round.due().isEmpty();
    if (round.more()) {
      beginRound();
    }
    return this;
  }

  private void give(Due event) {
    EventId id = new EventId(source, event.id());
    long span = TraceContext.randomId();
    TraceContext trace = TraceContext.parse(event.trace(), null);
    handlers.tell(
        new ServiceRequest(
            inHand.take(event, System.nanoTime(), span),
            id.key(),
            EventSubscription.actionOf(source, event.event()),
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.of(event.data().getBytes(StandardCharsets.UTF_8)),
            Deadline.after(settings.timeout()),
            id.key(),
            null,
            trace == null ? null : trace.at(span),
            EventId.CLIENT,
            replies));
  }

  private Behavior<Command> onRoundFailed(RoundFailed failed) {
    inRound = false;
    waiting("the inbox cannot be used: " + failed.cause());
    return this;
  }

  private Behavior<Command> onReplied(Replied replied) {
    EventsInHand.Given given = inHand.replied(replied.reply());
    if (given != null) {
      spans.ended(
          given,
          EventSubscription.actionOf(source, given.event().event()),
          replied.reply().status(),
          new EventId(source, given.event().id()).key());
    }
    if (inHand.isNothingAwaited() || !inHand.hasRoom(settings.parallel())) {
      record();
    }
    return this;
  }

  private void record() {
    EventsInHand.Results results = inHand.results();
    if (recording || results.isEmpty()) {
      return;
    }
    recording = true;
    getContext()
        .pipeToSelf(
            rounds.record(results, inHand.held()),
            (dead, failure) ->
                failure == null ? new Recorded(results, dead) : new RecordingFailed(failure));
  }

  private Behavior<Command> onRecorded(Recorded recorded) {
    recording = false;
    inHand.recorded(recorded.results());
    report.failed(recorded.results().failed(), recorded.dead());
    record();
    if (more) {
      beginRound();
    }
    return this;
  }

  // The results stay, and are recorded at the next look.
  private Behavior<Command> onRecordingFailed(RecordingFailed failed) {
    recording = false;
    waiting("results cannot be recorded: " + failed.cause());
    return this;
  }

  private Behavior<Command> onEnd() {
    monitor.readsNoMore(source);
    return this;
  }

  private void waiting(String why) {
    if (!NodeShutdown.hasBegun(getContext().getSystem())) {
      report.waiting(why);
    }
  }
}
