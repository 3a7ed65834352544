package dev.troupe.node.start;

/**
 * Who this process is.
 *
 * @param service the service it hosts; {@code seed} or {@code gateway} for those nodes
 * @param slot like {@code UserService-1}
 * @param generation how often the slot has been launched, from 1
 */
public record NodeIdentity(String service, String slot, int generation) {}
