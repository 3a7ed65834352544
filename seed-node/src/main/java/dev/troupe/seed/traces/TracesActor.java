package dev.troupe.seed.traces;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.trace.SpanReporter;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import dev.troupe.protocol.settings.TraceSettings;
import dev.troupe.protocol.trace.KeepTraces;
import dev.troupe.protocol.trace.SpanQuery;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceId;
import dev.troupe.seed.events.EventJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns the traces that are kept. When a node says that a trace is to be kept, it asks all nodes for
 * their spans of it: soon, before they are overwritten, and again when the events and deliveries
 * that follow should be done. A seed node that ends loses its traces.
 */
public final class TracesActor extends AbstractBehavior<Object> {
  /** What the actor can be asked; {@link KeepTraces} and {@link SpanReport} come from nodes. */
  public sealed interface Command {}

  /**
   * Asks for the newest traces.
   *
   * @param limit how many at most
   */
  public record ListTraces(TraceFilter filter, int limit, ActorRef<TraceList> replyTo)
      implements Command {}

  /** Asks for one trace; the reply is empty if it is not kept. */
  public record GetTrace(TraceId id, ActorRef<Optional<TraceReport>> replyTo) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private static final Duration TICK_INTERVAL = Duration.ofMillis(250);
  // 20 MiB of the heap at most.
  private static final int MOST_SPANS = 50_000;

  private final TimerScheduler<Object> timers;
  private final Supplier<RegistryView> view;
  private final TraceStore store;
  private final CollectionRounds rounds = new CollectionRounds();
  private final KnownExits exits = new KnownExits();
  private final ActorRef<SpanReport> reports;
  private final @Nullable Consumer<TraceReport> export;

  private TracesActor(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      TraceSettings settings,
      Supplier<RegistryView> view,
      ActorRef<EventJournal.Command> journal,
      @Nullable Consumer<TraceReport> export) {
    super(context);
    this.export = export;
    this.timers = timers;
    this.view = view;
    this.store = new TraceStore(settings.kept(), MOST_SPANS, settings.keepFor());
    this.reports = context.getSelf().narrow();
    journal.tell(new EventJournal.Watch(context.getSelf().narrow()));
  }

  /**
   * @param view the newest view of the cluster
   * @param journal says how processes ended
   * @param export gets each trace when it is complete, and what is added to it later; null if
   *     nobody wants them
   */
  public static Behavior<Object> create(
      TraceSettings settings,
      Supplier<RegistryView> view,
      ActorRef<EventJournal.Command> journal,
      @Nullable Consumer<TraceReport> export) {
    Behavior<Object> traces =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new TracesActor(context, timers, settings, view, journal, export)));
    // Nothing else depends on it.
    return Behaviors.supervise(traces).onFailure(SupervisorStrategy.restart());
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(KeepTraces.class, this::onKeep)
        .onMessage(SpanReport.class, this::onReport)
        .onMessage(Event.class, this::onEvent)
        .onMessage(ListTraces.class, this::onList)
        .onMessage(GetTrace.class, this::onGet)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .build();
  }

  private Behavior<Object> onKeep(KeepTraces keep) {
    long now = System.nanoTime();
    store.expire(now);
    for (KeepTraces.Kept kept : keep.traces()) {
      store.keep(kept, now);
      rounds.begin(kept.trace(), now);
    }
    if (!timers.isTimerActive(Tick.INSTANCE)) {
      timers.startTimerWithFixedDelay(Tick.INSTANCE, Tick.INSTANCE, TICK_INTERVAL);
    }
    return this;
  }

  private Behavior<Object> onTick() {
    rounds.retain(id -> store.find(id).isPresent());
    Set<TraceId> due = rounds.due(SpanQuery.MOST, System.nanoTime());
    if (!due.isEmpty()) {
      SpanQuery query = new SpanQuery(due, reports);
      living().forEach(address -> SpanReporter.at(address, getContext().getSystem()).tell(query));
    }
    rounds.complete(System.nanoTime()).forEach(this::export);
    if (rounds.isEmpty()) {
      timers.cancel(Tick.INSTANCE);
    }
    return this;
  }

  private void export(TraceId id) {
    if (export == null) {
      return;
    }
    store
        .find(id)
        .flatMap(trace -> TraceAssembly.of(trace, exits).map(trace::notExported))
        .filter(trace -> !trace.spans().isEmpty())
        .ifPresent(export);
  }

  private List<String> living() {
    RegistryView now = view.get();
    return now.members().stream()
        .map(MemberView::address)
        .filter(address -> !now.deaths().containsKey(address))
        .toList();
  }

  private Behavior<Object> onReport(SpanReport report) {
    store.add(report);
    return this;
  }

  private Behavior<Object> onEvent(Event event) {
    exits.add(event);
    return this;
  }

  private Behavior<Object> onList(ListTraces list) {
    store.expire(System.nanoTime());
    List<TraceSummary> found = new ArrayList<>();
    for (KeptTrace trace : store.newestFirst()) {
      if (found.size() == list.limit()) {
        break;
      }
      if (list.filter().wants(trace)) {
        TraceAssembly.of(trace, exits)
            .map(TraceReport::summary)
            .filter(list.filter()::wants)
            .ifPresent(found::add);
      }
    }
    list.replyTo().tell(new TraceList(found, store.size()));
    return this;
  }

  private Behavior<Object> onGet(GetTrace get) {
    get.replyTo().tell(store.find(get.id()).flatMap(trace -> TraceAssembly.of(trace, exits)));
    return this;
  }
}
