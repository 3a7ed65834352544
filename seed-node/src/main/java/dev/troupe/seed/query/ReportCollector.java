package dev.troupe.seed.query;

import dev.troupe.protocol.NodeReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Owns one query: asks nodes, waits for their reports, and ends. */
final class ReportCollector<R extends NodeReport>
    extends AbstractBehavior<ReportCollector.Command> {
  /** What a collector can be told. */
  sealed interface Command {}

  private record Reported(NodeReport report) implements Command {}

  private enum Timeout implements Command {
    INSTANCE
  }

  /** How long a query waits for the nodes. With what follows, an answer comes within 1 s. */
  static final Duration PATIENCE = Duration.ofMillis(800);

  private final long query = ThreadLocalRandom.current().nextLong();
  private final NodeQuestion<R> question;
  private final ActorRef<NodeReports<R>> replyTo;
  private final Set<String> silent;
  private final Map<String, R> reports = new HashMap<>();

  private ReportCollector(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      NodeQuestion<R> question,
      Map<String, String> nodes,
      ActorRef<NodeReports<R>> replyTo) {
    super(context);
    this.question = question;
    this.replyTo = replyTo;
    this.silent = new HashSet<>(nodes.keySet());
    timers.startSingleTimer(Timeout.INSTANCE, PATIENCE);
    ActorRef<R> reported = context.messageAdapter(question.type(), Reported::new);
    nodes.values().forEach(address -> question.sender().send(address, query, reported));
  }

  /**
   * @param nodes the addresses of the nodes to ask, by slot; one at least
   */
  static <R extends NodeReport> Behavior<Command> create(
      NodeQuestion<R> question, Map<String, String> nodes, ActorRef<NodeReports<R>> replyTo) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ReportCollector<>(context, timers, question, nodes, replyTo)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reported.class, this::onReported)
        .onMessageEquals(Timeout.INSTANCE, this::end)
        .build();
  }

  // Whoever else can reach this actor does not know the number of the query.
  private Behavior<Command> onReported(Reported reported) {
    NodeReport report = reported.report();
    if (report.query() != query || !silent.contains(report.slot())) {
      return this;
    }
    if (report.version() != question.version()) {
      getContext()
          .getLog()
          .warn(
              "[{}] its {} has the layout {} (expected: {}); replace the process",
              report.slot(),
              question.type().getSimpleName(),
              report.version(),
              question.version());
      return this;
    }
    silent.remove(report.slot());
    reports.put(report.slot(), question.type().cast(report));
    return silent.isEmpty() ? end() : this;
  }

  private Behavior<Command> end() {
    replyTo.tell(new NodeReports<>(reports, false));
    return Behaviors.stopped();
  }
}
