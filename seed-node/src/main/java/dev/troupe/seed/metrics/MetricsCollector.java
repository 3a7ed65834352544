package dev.troupe.seed.metrics;

import dev.troupe.node.metrics.MetricsReporter;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.metrics.MetricsRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Owns one scrape: asks nodes for their metrics, waits for their reports, and ends. */
public final class MetricsCollector extends AbstractBehavior<MetricsCollector.Command> {
  /** What a collector can be told. */
  public sealed interface Command {}

  private record Reported(MetricsReport report) implements Command {}

  private enum Timeout implements Command {
    INSTANCE
  }

  /** How long a scrape waits for the nodes. With what follows, an answer comes within 1 s. */
  static final Duration PATIENCE = Duration.ofMillis(800);

  private final long scrape = ThreadLocalRandom.current().nextLong();
  private final ActorRef<MetricsScrape> replyTo;
  private final Set<String> silent;
  private final Map<String, MetricsReport> reports = new HashMap<>();

  private MetricsCollector(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Map<String, String> nodes,
      BiConsumer<String, MetricsRequest> ask,
      ActorRef<MetricsScrape> replyTo) {
    super(context);
    this.replyTo = replyTo;
    this.silent = new HashSet<>(nodes.keySet());
    timers.startSingleTimer(Timeout.INSTANCE, PATIENCE);
    MetricsRequest request =
        new MetricsRequest(scrape, context.messageAdapter(MetricsReport.class, Reported::new));
    nodes.values().forEach(address -> ask.accept(address, request));
  }

  /**
   * @param nodes the addresses of the nodes to ask, by slot; one at least
   */
  public static Behavior<Command> create(
      Map<String, String> nodes, ActorSystem<?> system, ActorRef<MetricsScrape> replyTo) {
    return create(
        nodes, (address, request) -> MetricsReporter.of(address, system).tell(request), replyTo);
  }

  static Behavior<Command> create(
      Map<String, String> nodes,
      BiConsumer<String, MetricsRequest> ask,
      ActorRef<MetricsScrape> replyTo) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new MetricsCollector(context, timers, nodes, ask, replyTo)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reported.class, this::onReported)
        .onMessageEquals(Timeout.INSTANCE, this::end)
        .build();
  }

  // Whoever else can reach this actor does not know the number of the scrape.
  private Behavior<Command> onReported(Reported reported) {
    MetricsReport report = reported.report();
    if (report.scrape() != scrape || !silent.contains(report.slot())) {
      return this;
    }
    if (report.version() != MetricsReport.VERSION) {
      getContext()
          .getLog()
          .warn(
              "[{}] its metrics have the layout {} (expected: {}); replace the process",
              report.slot(),
              report.version(),
              MetricsReport.VERSION);
      return this;
    }
    silent.remove(report.slot());
    reports.put(report.slot(), report);
    return silent.isEmpty() ? end() : this;
  }

  private Behavior<Command> end() {
    replyTo.tell(new MetricsScrape(reports, false));
    return Behaviors.stopped();
  }
}
