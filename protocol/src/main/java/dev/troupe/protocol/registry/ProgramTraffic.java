package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a node that sends requests to a program tells the host of the program. The requests go to
 * the port of the program, so the host does not see them.
 */
public sealed interface ProgramTraffic extends WireMessage {

  /**
   * The requests of one node, from the node to the host: each second while there are any, and as an
   * answer to {@link Leaving}.
   *
   * @param sender of the reports
   * @param inFlight without an answer, or with one whose body is still being sent
   * @param requests answered since the first report
   * @param errors those of the requests that were answered with 5xx
   */
  record Report(ActorRef<ProgramTraffic> sender, int inFlight, long requests, long errors)
      implements ProgramTraffic {}

  /**
   * The host asks a node to send no more requests, and to report at once, and again when no request
   * is in flight.
   */
  record Leaving() implements ProgramTraffic {}
}
