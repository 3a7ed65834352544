package dev.troupe.seed.query;

import dev.troupe.protocol.NodeReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Asks nodes one question, for callers that are no actors. Thread-safe. */
public final class NodeClient<R extends NodeReport> {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final ActorRef<NodeQueries.Query<R>> queries;

  /**
   * @param name of the system actor that owns the queries
   */
  public NodeClient(ActorSystem<?> system, String name, NodeQuestion<R> question) {
    this.system = system;
    this.queries = system.systemActorOf(NodeQueries.create(question), name, Props.empty());
  }

  /**
   * What the nodes answer within a second.
   *
   * @param nodes their addresses, by slot
   */
  public CompletionStage<NodeReports<R>> ask(Map<String, String> nodes) {
    return AskPattern.ask(
        queries,
        replyTo -> new NodeQueries.Query<>(nodes, replyTo),
        ASK_TIMEOUT,
        system.scheduler());
  }
}
