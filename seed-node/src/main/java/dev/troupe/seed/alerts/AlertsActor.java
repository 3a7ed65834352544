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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

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

  private record Measured(OptionalInt diskPercent) implements Command {}

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
  private final Deque<Event> events = new ArrayDeque<>();
  private OptionalInt diskPercent = OptionalInt.empty();
  private @Nullable ClusterStatus status;

  private AlertsActor(
      ActorContext<Command> context,
      ActorRef<SupervisorActor.Command> supervisor,
      Supplier<RegistryView> registry,
      Settings settings,
      Executor blocking) {
    super(context);
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
  }

  /**
   * After a failure the actor forgets what it has told, and may tell it again.
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
                  timers -> {
                    if (settings.alerts().enabled()) {
                      timers.startTimerWithFixedDelay(Tick.INSTANCE, PAUSE);
                    }
                    return new AlertsActor(context, supervisor, registry, settings, blocking);
                  });
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

  private Behavior<Command> onMeasured(Measured measured) {
    diskPercent = measured.diskPercent();
    return this;
  }

  private Behavior<Command> onHappened(Happened happened) {
    events.addLast(happened.event());
    if (events.size() > MOST_EVENTS) {
      events.removeFirst();
    }
    return this;
  }

  private Behavior<Command> onObserved(Observed observed) {
    status = observed.status();
    Instant now = Instant.now();
    List<Problem> problems =
        rules.problems(
            new Observation(
                now,
                observed.status(),
                List.copyOf(events),
                RegistryCalls.in(registry.get()),
                diskPercent));
    for (AlertTracker.Notice notice : tracker.update(now, problems, causes.of(problems))) {
      tell(notice, now);
    }
    return this;
  }

  private void tell(AlertTracker.Notice notice, Instant now) {
    AlertMessage message =
        AlertMessage.of(notice, now, why(notice.problem()), settings.home().toString());
    if (notice.news() == AlertTracker.News.RESOLVED) {
      getContext().getLog().info(message.summary());
    } else {
      getContext().getLog().warn(message.summary());
    }
    Logger log = getContext().getLog();
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
    getContext().getLog().warn(message.summary());
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
