package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * What one client of the gateway may take, so that slow ones do not keep out the others.
 *
 * @param maxConnections of one address, open at a time
 * @param maxPipelined requests that are worked on at a time though they were sent before the answer
 *     to the one before, of all clients together
 * @param headTimeout from the first byte of a request to the end of its headers
 * @param bodyTimeout from the end of the headers to the end of the body
 * @param writeTimeout how long a client may take nothing of a reply
 * @param idleTimeout how long a connection may be open without a request
 */
public record ClientSettings(
    int maxConnections,
    int maxPipelined,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration writeTimeout,
    Duration idleTimeout) {
  static ClientSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new ClientSettings(
                s.integer("max-connections", 1, 1_000_000),
                s.integer("max-pipelined", 1, 1_000_000),
                s.duration("head-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.duration("body-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.duration("write-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.duration("idle-timeout", Limits.MILLISECOND, Limits.DAY)));
  }
}
