package dev.troupe.protocol.control;

/**
 * An action that the gateway answers.
 *
 * @param service {@code gateway} if it is a page of the gateway itself
 * @param ready instances that take requests now
 */
public record ServiceRoute(String method, String path, String service, String action, int ready) {}
