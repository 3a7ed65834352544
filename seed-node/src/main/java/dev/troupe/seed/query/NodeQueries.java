package dev.troupe.seed.query;

import dev.troupe.protocol.NodeReport;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Owns the queries of one kind that are under way: a child for each, and no more than a few. */
public final class NodeQueries {
  /** The most queries at a time. */
  static final int MOST_QUERIES = 8;

  private NodeQueries() {}

  /**
   * Asks nodes.
   *
   * @param nodes their addresses, by slot
   * @param replyTo gets the answer within a second
   */
  public record Query<R>(Map<String, String> nodes, ActorRef<NodeReports<R>> replyTo) {
    public Query {
      nodes = Map.copyOf(nodes);
    }
  }

  /** Begins queries; one that fails does not end the next ones. */
  public static <R extends NodeReport> Behavior<Query<R>> create(NodeQuestion<R> question) {
    Behavior<Query<R>> queries =
        Behaviors.setup(
            context -> Behaviors.receiveMessage(query -> begin(context, question, query)));
    return Behaviors.supervise(queries).onFailure(SupervisorStrategy.restart());
  }

  private static <R extends NodeReport> Behavior<Query<R>> begin(
      ActorContext<Query<R>> context, NodeQuestion<R> question, Query<R> query) {
    if (query.nodes().isEmpty()) {
      query.replyTo().tell(NodeReports.none());
    } else if (context.getChildren().size() >= MOST_QUERIES) {
      query.replyTo().tell(NodeReports.refusal());
    } else {
      context.spawnAnonymous(ReportCollector.create(question, query.nodes(), query.replyTo()));
    }
    return Behaviors.same();
  }
}
