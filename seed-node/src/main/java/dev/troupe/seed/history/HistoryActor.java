package dev.troupe.seed.history;

import dev.troupe.node.metrics.HistoryReporter;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.metrics.HistoryReport;
import dev.troupe.protocol.metrics.HistoryRequest;
import dev.troupe.protocol.metrics.LoadSample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns the history of the metrics. It asks all nodes for their newest samples each minute and when
 * somebody wants to see them, and saves the history each minute and when it stops.
 */
public final class HistoryActor extends AbstractBehavior<HistoryActor.Command> {
  /** What can be asked. */
  public sealed interface Command {}

  /**
   * Asks for a history; the reply is empty if nothing is known of the slot or service.
   *
   * @param slot null for all
   * @param service null for all; not beside a slot
   */
  public record GetSeries(
      @Nullable String slot,
      @Nullable String service,
      HistoryRange range,
      ActorRef<Optional<HistorySeries>> replyTo)
      implements Command {}

  /** Asks what all slots do now. */
  public record GetLatest(ActorRef<LatestLoad> replyTo) implements Command {}

  /** Asks for the lines of a CSV file with the load of all slots in some minutes. */
  public record GetTable(Instant from, Instant until, ActorRef<List<String>> replyTo)
      implements Command {}

  private record Reported(HistoryReport report) implements Command {}

  private enum Timer implements Command {
    COLLECT,
    ENOUGH
  }

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMillis(800);
  // A node has nothing newer before a tick has passed.
  private static final long FRESH_NANOS = Duration.ofSeconds(4).toNanos();

  private final TimerScheduler<Command> timers;
  private final Supplier<RegistryView> registry;
  private final BiConsumer<String, HistoryRequest> ask;
  private final ActorRef<HistoryReport> reports;
  private final HistoryFile file;
  private final ClusterHistory history;
  private final TickClock clock;
  private final NodeTicks ticks = new NodeTicks();
  private final Map<String, String> silent = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private long collectedNanos = System.nanoTime() - FRESH_NANOS;
  private long request;
  private boolean isToBeSaved;

  private HistoryActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Supplier<RegistryView> registry,
      BiConsumer<String, HistoryRequest> ask,
      HistoryFile file,
      int mostSlots) {
    super(context);
    this.timers = timers;
    this.registry = registry;
    this.ask = ask;
    this.reports = context.messageAdapter(HistoryReport.class, Reported::new);
    this.file = file;
    HistoryFile.Saved saved = file.read(mostSlots, System.currentTimeMillis(), System.nanoTime());
    this.history = saved.history();
    this.clock = saved.clock();
    timers.startTimerWithFixedDelay(Timer.COLLECT, FIRST_PAUSE, INTERVAL);
  }

  /**
   * Must run where it may block.
   *
   * @param registry the newest view of the cluster
   * @param run the directory of the file
   * @param mostSlots that are kept
   */
  public static Behavior<Command> create(Supplier<RegistryView> registry, Path run, int mostSlots) {
    return Behaviors.setup(
        context ->
            create(
                registry,
                (address, request) ->
                    HistoryReporter.of(address, context.getSystem()).tell(request),
                run,
                mostSlots));
  }

  static Behavior<Command> create(
      Supplier<RegistryView> registry,
      BiConsumer<String, HistoryRequest> ask,
      Path run,
      int mostSlots) {
    Behavior<Command> actor =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers ->
                        new HistoryActor(
                            context, timers, registry, ask, new HistoryFile(run), mostSlots)));
    // Nothing else depends on it, and a restart begins with what was saved.
    return Behaviors.supervise(actor)
        .onFailure(SupervisorStrategy.restart().withLimit(10, Duration.ofMinutes(1)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(GetSeries.class, this::onGetSeries)
        .onMessage(GetLatest.class, this::onGetLatest)
        .onMessage(GetTable.class, this::onGetTable)
        .onMessage(Reported.class, this::onReported)
        .onMessageEquals(Timer.COLLECT, this::onCollect)
        .onMessageEquals(Timer.ENOUGH, this::end)
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<Command> onGetSeries(GetSeries get) {
    return whenFresh(() -> get.replyTo().tell(series(get)));
  }

  private Behavior<Command> onGetLatest(GetLatest get) {
    return whenFresh(() -> get.replyTo().tell(history.latest(clock.tick(System.nanoTime()))));
  }

  private Behavior<Command> onGetTable(GetTable get) {
    return whenFresh(
        () ->
            get.replyTo()
                .tell(
                    history.table(get.from(), get.until(), clock, clock.tick(System.nanoTime()))));
  }

  private Optional<HistorySeries> series(GetSeries get) {
    long tick = clock.tick(System.nanoTime());
    if (get.slot() != null) {
      return history.ofSlot(get.slot(), get.range(), clock, tick);
    }
    if (get.service() != null) {
      return history.ofService(get.service(), get.range(), clock, tick);
    }
    return Optional.of(history.ofCluster(get.range(), clock, tick));
  }

  private Behavior<Command> whenFresh(Runnable answer) {
    if (silent.isEmpty() && System.nanoTime() - collectedNanos < FRESH_NANOS) {
      answer.run();
      return this;
    }
    waiting.add(answer);
    return collect();
  }

  private Behavior<Command> onCollect() {
    isToBeSaved = true;
    return collect();
  }

  private Behavior<Command> collect() {
    if (!silent.isEmpty()) {
      return this;
    }
    RegistryView view = registry.get();
    Map<String, String> addresses = new HashMap<>();
    for (InstanceView instance : view.instances()) {
      String address = instance.registration().address();
      if (!view.deaths().containsKey(address)) {
        addresses.put(instance.slot(), address);
        silent.put(instance.slot(), instance.service());
      }
    }
    if (silent.isEmpty()) {
      return end();
    }
    ticks.retain(addresses.keySet());
    request = ThreadLocalRandom.current().nextLong();
    timers.startSingleTimer(Timer.ENOUGH, PATIENCE);
    addresses.forEach(
        (slot, address) ->
            ask.accept(
                address,
                new HistoryRequest(request, ticks.process(slot), ticks.newest(slot), reports)));
    return this;
  }

  // Whoever else can reach this actor does not know the number of the request.
  private Behavior<Command> onReported(Reported reported) {
    HistoryReport report = reported.report();
    String service = silent.get(report.slot());
    if (report.request() != request || service == null) {
      return this;
    }
    silent.remove(report.slot());
    if (report.version() == HistoryReport.VERSION) {
      add(report, service);
    }
    return silent.isEmpty() ? end() : this;
  }

  private void add(HistoryReport report, String service) {
    long now = System.nanoTime();
    clock.adjust(System.currentTimeMillis(), now);
    long distance = ticks.distance(report, clock, now);
    long newest = clock.tick(now) + 1;
    for (LoadSample sample : report.samples()) {
      long tick = sample.tick() + distance;
      if (tick <= newest) {
        history.add(report.slot(), service, tick, sample);
      }
    }
  }

  private Behavior<Command> end() {
    timers.cancel(Timer.ENOUGH);
    silent.clear();
    collectedNanos = System.nanoTime();
    waiting.forEach(Runnable::run);
    waiting.clear();
    if (isToBeSaved) {
      isToBeSaved = false;
      file.write(history, clock);
    }
    return this;
  }

  private Behavior<Command> onStopped() {
    file.write(history, clock);
    return this;
  }
}
