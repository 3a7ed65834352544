package dev.troupe.protocol.call;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What arrives in place of a {@link ServiceRequest} that this version cannot read: enough of it to
 * answer its caller. Never sent.
 *
 * @param problem why it cannot be read
 */
public record UnreadableRequest(
    long correlationId, ActorRef<ServiceReply> replyTo, VersionMismatch problem) {}
