package dev.troupe.protocol.settings;

/**
 * How nodes reach each other.
 *
 * @param endpoint of the seed node; the other nodes take free ports of the same host
 */
public record ClusterSettings(Endpoint endpoint) {}
