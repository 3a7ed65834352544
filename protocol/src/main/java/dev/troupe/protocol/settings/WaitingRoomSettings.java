package dev.troupe.protocol.settings;

/**
 * How much may wait for a service that has no ready instance.
 *
 * @param maxRequests per service; 0 means nobody waits
 * @param maxBytes of their bodies together, per service
 */
public record WaitingRoomSettings(int maxRequests, long maxBytes) {}
