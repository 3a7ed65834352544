package dev.troupe.protocol.logs;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.settings.LogLevel;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks a node to log at another level for a while.
 *
 * @param logger a package, a class, or ROOT for all that have no level of their own
 * @param millis after which the level is again what it was, {@link #LONGEST_MILLIS} at most
 */
public record LogLevelRequest(
    String logger, LogLevel level, long millis, ActorRef<LogLevelReply> replyTo)
    implements WireMessage {
  /** An hour: a level that should stay belongs into the settings. */
  public static final long LONGEST_MILLIS = 3_600_000;
}
