package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * How much may wait for a service that has no ready instance.
 *
 * @param maxRequests per service; 0 means nobody waits
 * @param maxBytes of their bodies together, per service
 * @param timeout how long one may wait
 */
public record WaitingRoomSettings(int maxRequests, long maxBytes, Duration timeout) {
  static WaitingRoomSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new WaitingRoomSettings(
                s.integer("max-requests", 0, 1_000_000),
                s.bytes("max-bytes", 0, Limits.GIB),
                s.duration("timeout", Limits.MILLISECOND, Limits.HOUR)));
  }
}
