package dev.troupe.protocol.settings;

import java.time.Duration;
import java.util.List;

/**
 * The HTTP gateway.
 *
 * @param allowPublic whether it may listen beyond the loopback, without TLS and authentication
 * @param instances how many share the port, 1 to 16
 * @param requestTimeout how long an instance may take for a request
 * @param maxBodyBytes the largest request body; more is answered with 413
 * @param maxHeaderBytes the longest header value
 * @param maxConnections open connections at a time
 * @param waitingRoom requests of one service that may wait while it has no ready instance
 * @param refusals requests that are refused for want of room, or by a circuit breaker
 */
public record GatewaySettings(
    Endpoint endpoint,
    boolean allowPublic,
    int instances,
    List<String> jvmOptions,
    Duration requestTimeout,
    long maxBodyBytes,
    long maxHeaderBytes,
    int maxConnections,
    WaitingRoomSettings waitingRoom,
    RefusalSettings refusals) {
  public GatewaySettings {
    jvmOptions = List.copyOf(jvmOptions);
  }

  static GatewaySettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new GatewaySettings(
                Endpoint.read(s),
                s.flag("allow-public"),
                s.integer("instances", 1, 16),
                s.strings("jvm-options"),
                s.duration("request-timeout", Limits.MILLISECOND, Limits.HOUR),
                s.bytes("max-body", 1, Limits.GIB),
                s.bytes("max-header-size", 256, Limits.MIB),
                s.integer("max-connections", 1, 1_000_000),
                WaitingRoomSettings.read(s.section("waiting-room")),
                RefusalSettings.read(s.section("refusals"))));
  }
}
