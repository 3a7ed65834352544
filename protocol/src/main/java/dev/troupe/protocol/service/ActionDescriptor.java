package dev.troupe.protocol.service;

/**
 * An action as the other nodes of the cluster know it.
 *
 * @param name unique in its service, like {@code create_user}
 * @param idempotent whether the router may repeat a lost call without an idempotency key
 */
public record ActionDescriptor(
    String name, HttpMethod method, PathTemplate path, boolean idempotent) {}
