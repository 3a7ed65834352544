package dev.troupe.protocol.service;

/**
 * Events of one kind that a service handles.
 *
 * @param source the service that publishes them
 * @param event their name, see {@link PublishedEvent#name}
 */
public record EventSubscription(String source, String event) {
  /** The action, internal to the subscriber, that handles one of them. */
  public String action() {
    return actionOf(source, event);
  }

  /** The action for an event of {@code source}. */
  public static String actionOf(String source, String event) {
    return source + "." + event;
  }
}
