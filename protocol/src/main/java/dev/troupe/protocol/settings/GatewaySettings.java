package dev.troupe.protocol.settings;

import java.time.Duration;
import java.util.List;

/**
 * The HTTP gateway.
 *
 * @param allowPublic whether it may listen beyond the loopback, without TLS and authentication
 * @param instances how many share the port, 1 to 16
 * @param maxBodyBytes the largest request body; more is answered with 413
 * @param maxRequestBytes bodies of all requests together that are being read or worked on
 * @param bodyWait how long a body waits for room among the others
 * @param maxUnreadReplyBytes large replies together that clients have not read yet
 * @param maxHeaderBytes the longest header value
 * @param maxHeadBytes request line and headers of one request together
 * @param maxConnections open connections at a time
 * @param clients how long a client may take for its part of a request
 * @param allowedHosts names in the Host header beside those of the loopback and the endpoint; with
 *     "*" every name
 * @param maxCallBytes bodies of the calls of one node that have no answer, of all services together
 * @param maxReplyBytes large replies that one node takes at a time, together
 * @param waitingRoom requests of one service that may wait while it has no ready instance
 * @param refusals requests that are refused for want of room, or by a circuit breaker
 */
public record GatewaySettings(
    Endpoint endpoint,
    boolean allowPublic,
    int instances,
    List<String> jvmOptions,
    long maxBodyBytes,
    long maxRequestBytes,
    Duration bodyWait,
    long maxUnreadReplyBytes,
    long maxHeaderBytes,
    long maxHeadBytes,
    int maxConnections,
    ClientSettings clients,
    List<String> allowedHosts,
    long maxCallBytes,
    long maxReplyBytes,
    WaitingRoomSettings waitingRoom,
    RefusalSettings refusals) {
  public GatewaySettings {
    jvmOptions = List.copyOf(jvmOptions);
    allowedHosts = List.copyOf(allowedHosts);
  }

  static GatewaySettings read(Section section) {
    return Section.finish(section, GatewaySettings::complete);
  }

  private static GatewaySettings complete(Section s) {
    GatewaySettings settings =
        new GatewaySettings(
            Endpoint.read(s),
            s.flag("allow-public"),
            s.integer("instances", 1, 16),
            s.strings("jvm-options"),
            s.bytes("max-body", 1, Limits.GIB),
            s.bytes("max-request-bytes", 1, 64 * Limits.GIB),
            s.duration("body-wait", Limits.MILLISECOND, Limits.HOUR),
            s.bytes("max-unread-reply-bytes", 1, 64 * Limits.GIB),
            s.bytes("max-header-size", 256, Limits.MIB),
            s.bytes("max-head-size", 256, 64 * Limits.MIB),
            s.integer("max-connections", 1, 1_000_000),
            ClientSettings.read(s.section("clients")),
            s.strings("allowed-hosts"),
            s.bytes("max-call-bytes", 1, 16 * Limits.GIB),
            s.bytes("max-reply-bytes", 1, 16 * Limits.GIB),
            WaitingRoomSettings.read(s.section("waiting-room")),
            RefusalSettings.read(s.section("refusals")));
    // Only checked here: the key is the default of service-defaults.request-timeout, which
    // CallSettings reads.
    s.duration("request-timeout", Limits.MILLISECOND, Limits.HOUR);
    s.require(
        "max-request-bytes",
        settings.maxRequestBytes >= settings.maxBodyBytes,
        "no less than max-body");
    s.require(
        "max-head-size",
        settings.maxHeadBytes >= settings.maxHeaderBytes,
        "no less than max-header-size");
    s.require(
        "max-call-bytes",
        settings.maxCallBytes >= settings.maxBodyBytes,
        "at least max-body, " + Units.text(settings.maxBodyBytes));
    return settings;
  }
}
