package dev.troupe.protocol.settings;

/**
 * Where something listens.
 *
 * @param host name or address
 * @param port 0 to 65535; 0 means any free one
 */
public record Endpoint(String host, int port) {}
