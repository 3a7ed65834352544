package dev.troupe.seed.alerts;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.Alert;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.supervisor.SupervisorActor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the alerts: looks every few seconds at what runs, and tells the log and the receivers. */
public final class AlertsActor extends AbstractBehavior<AlertsActor.Command> {
  /** What can be asked. */
  public sealed interface Command {}

  /** Replies with the alerts that last. */
  public record GetAlerts(ActorRef<List<Alert>> replyTo) implements Command {}

  /** Sends a message to all receivers, and replies with what came of it. */
  public record Test(ActorRef<List<AlertDelivery>> replyTo) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private record Observed(ClusterStatus status) implements Command {}

  private record Happened(Event event) implements Command {}

  private record Recalled(AlertMemory.Recalled before) implements Command {}

  private record Measured(OptionalInt diskPercent) implements Command {}

  // Not the logger of the actor, which has the name of a class of Pekko and logs no INFO.
  private static final Logger log = LoggerFactory.getLogger(AlertsActor.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final int MOST_EVENTS = 1000;

  private final ActorRef<SupervisorActor.Command> supervisor;
  private final ActorRef<ClusterStatus> statusReceiver;
  private final Supplier<RegistryView> registry;
  private final Settings settings;
  private final Supplier<OptionalInt> disk;
  private final Executor blocking;
  private final AlertSender sender;
  private final AlertRules rules;
  private final RootCauses causes;
  private final AlertTracker tracker;
  private final AlertReasons reasons;
  private final AlertMemory memory;
  private final TimerScheduler<Command> timers;
  private final Deque<Event> events = new ArrayDeque<>();
  private OptionalInt diskPercent = OptionalInt.empty();
  private @Nullable ClusterStatus status;

  private AlertsActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<SupervisorActor.Command> supervisor,
      Supplier<RegistryView> registry,
      Settings settings,
      Executor blocking) {
    super(context);
    this.timers = timers;
    this.supervisor = supervisor;
    this.statusReceiver = context.messageAdapter(ClusterStatus.class, Observed::new);
    this.registry = registry;
    this.settings = settings;
    this.disk = new FreeDisk(settings.home());
    this.blocking = blocking;
    this.sender = new AlertSender(settings.alerts(), settings.run(), FIRST_PAUSE);
    this.rules = new AlertRules(settings.gateway().waitingRoom().maxRequests());
    this.causes =
        new RootCauses(
            settings.services().stream()
                .collect(Collectors.toMap(ServiceSettings::name, ServiceSettings::dependsOn)));
    this.reasons = new AlertReasons(settings);
    this.tracker = new AlertTracker(settings.alerts().remindAfter());
    this.memory = new AlertMemory(settings.run(), blocking);
    if (settings.alerts().enabled()) {
      context.pipeToSelf(
          memory.recall(MOST_EVENTS),
          (before, failure) ->
              new Recalled(
                  failure == null ? before : new AlertMemory.Recalled(List.of(), List.of())));
    }
  }

  /**
   * What was told is in a file, for the actor after a failure and for the next seed node.
   *
   * @param registry the newest view of the cluster
   * @param blocking for the disk and for receivers
   */
  public static Behavior<Command> create(
      ActorRef<SupervisorActor.Command> supervisor,
      ActorRef<EventJournal.Command> journal,
      Supplier<RegistryView> registry,
      Settings settings,
      Executor blocking) {
    Behavior<Command> alerts =
        Behaviors.setup(
            context -> {
              journal.tell(
                  new EventJournal.Watch(context.messageAdapter(Event.class, Happened::new)));
              return Behaviors.withTimers(
                  timers ->
                      new AlertsActor(context, timers, supervisor, registry, settings, blocking));
            });
    return Behaviors.supervise(alerts)
        .onFailure(SupervisorStrategy.restart().withLimit(10, Duration.ofMinutes(1)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, tick -> onTick())
        .onMessage(Observed.class, this::onObserved)
        .onMessage(Happened.class, this::onHappened)
        .onMessage(Recalled.class, this::onRecalled)
        .onMessage(Measured.class, this::onMeasured)
        .onMessage(GetAlerts.class, this::onGetAlerts)
        .onMessage(Test.class, this::onTest)
        .build();
  }

  private Behavior<Command> onTick() {
    supervisor.tell(new SupervisorActor.GetStatus(statusReceiver));
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(disk, blocking),
            (percent, failure) -> new Measured(percent == null ? OptionalInt.empty() : percent));
    return this;
  }

  // Looks at nothing before: what lasts would be told as new.
  private Behavior<Command> onRecalled(Recalled recalled) {
    tracker.restore(AlertTracker.Moment.now(), recalled.before().alerts());
    // The newest of the journal are those that were told to this actor meanwhile.
    List<Event> meanwhile = List.copyOf(events);
    events.clear();
    recalled.before().events().stream()
        .filter(event -> !meanwhile.contains(event))
        .forEach(this::remember);
    meanwhile.forEach(this::remember);
    timers.startTimerWithFixedDelay(Tick.INSTANCE, PAUSE);
    return this;
  }

  private Behavior<Command> onMeasured(Measured measured) {
    diskPercent = measured.diskPercent();
    return this;
  }

  private Behavior<Command> onHappened(Happened happened) {
    remember(happened.event());
    return this;
  }

  private void remember(Event event) {
    events.addLast(event);
    if (events.size() > MOST_EVENTS) {
      events.removeFirst();
    }
  }

  private Behavior<Command> onObserved(Observed observed) {
    status = observed.status();
    AlertTracker.Moment now = AlertTracker.Moment.now();
    RegistryView view = registry.get();
    List<Problem> problems =
        rules.problems(
            new Observation(
                now.at(),
                observed.status(),
                List.copyOf(events),
                HeartbeatReports.calls(view),
                HeartbeatReports.dead(view),
                diskPercent));
    List<AlertTracker.Notice> notices = tracker.update(now, problems, causes.of(problems));
    notices.forEach(notice -> tell(notice, now.at()));
    if (!notices.isEmpty()) {
      memory.write(tracker.remembered());
    }
    return this;
  }

  private void tell(AlertTracker.Notice notice, Instant now) {
    AlertMessage message =
        AlertMessage.of(notice, now, why(notice.problem()), settings.home().toString());
    if (notice.news() == AlertTracker.News.RESOLVED) {
      log.info(message.summary());
    } else {
      log.warn(message.summary());
    }
    for (CompletableFuture<AlertDelivery> delivery : sender.send(message)) {
      var unused =
          delivery.thenAccept(
              done -> {
                if (done.problem() != null) {
                  log.warn("{} did not take an alert: {}", done.receiver(), done.problem());
                }
              });
    }
  }

  private List<String> why(Problem problem) {
    return status == null ? List.of() : reasons.of(problem, status, List.copyOf(events));
  }

  private Behavior<Command> onGetAlerts(GetAlerts get) {
    get.replyTo()
        .tell(
            tracker.current().stream()
                .map(notice -> AlertMessage.alert(notice, why(notice.problem())))
                .toList());
    return this;
  }

  private Behavior<Command> onTest(Test test) {
    Instant now = Instant.now();
    Problem problem =
        new Problem(AlertKind.ERRORS, "test", null, "this is a test, nothing is wrong");
    AlertMessage message =
        AlertMessage.of(
            new AlertTracker.Notice(AlertTracker.News.RAISED, problem, now),
            now,
            List.of(),
            settings.home().toString());
    log.warn(message.summary());
    List<CompletableFuture<AlertDelivery>> deliveries = new ArrayList<>();
    deliveries.add(CompletableFuture.completedFuture(new AlertDelivery("log", null)));
    deliveries.addAll(sender.sendOnce(message));
    ActorRef<List<AlertDelivery>> replyTo = test.replyTo();
    var unused =
        CompletableFuture.allOf(deliveries.toArray(CompletableFuture[]::new))
            .thenRun(() -> replyTo.tell(deliveries.stream().map(CompletableFuture::join).toList()));
    return this;
  }
}
