package dev.troupe.protocol.control;

/**
 * An action that the gateway answers.
 *
 * @param method {@code ANY} if it takes all methods
 * @param path ends with {@code /**} if the action takes all paths below too
 * @param service {@code gateway} if it is a page of the gateway itself
 * @param ready instances that take requests now
 */
public record ServiceRoute(String method, String path, String service, String action, int ready) {}
