package dev.troupe.node.start;

/**
 * The slot that this process fills, and what it hosts.
 *
 * @param service the service it hosts; {@code seed} or {@code gateway} for those nodes
 * @param slot like {@code UserService-1}
 * @param generation how often the slot has been launched, from 1
 */
public record NodeIdentity(String service, String slot, int generation) {}
