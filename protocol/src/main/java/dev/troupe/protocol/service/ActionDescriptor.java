package dev.troupe.protocol.service;

/**
 * What the cluster knows of an action.
 *
 * @param name unique in its service, like {@code create_user}
 * @param idempotent whether a lost call may be sent again without asking
 */
public record ActionDescriptor(
    String name, HttpMethod method, PathTemplate path, boolean idempotent) {}
