package dev.troupe.seed.query;

import dev.troupe.protocol.NodeReport;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A question that nodes answer with reports of one type.
 *
 * @param type of the reports
 * @param version of the layout that the seed node reads
 * @param sender sends the question to one node
 */
public record NodeQuestion<R extends NodeReport>(Class<R> type, int version, Sender<R> sender) {
  /** Sends a question to a node. */
  @FunctionalInterface
  public interface Sender<R> {
    /**
     * @param address of the node, as a member of the cluster has it
     * @param query that the report must name
     */
    void send(String address, long query, ActorRef<R> replyTo);
  }
}
