package dev.troupe.protocol.service;

import java.util.Map;
import java.util.concurrent.Flow;

/**
 * The output of an action that sends events to its client as they happen (server-sent events, the
 * {@code EventSource} of browsers). The stream begins at once; while there are no events, comments
 * keep the connection open ({@code troupe.streams.heartbeat}). It ends after the last event, when
 * the client goes away, and when the process stops; {@code EventSource} connects again by itself.
 */
public record EventStream(Events events) implements StreamedOutput {
  /** Where events come from. */
  public sealed interface Events {
    record Published(Flow.Publisher<ServerSentEvent> publisher) implements Events {}

    record Listed(Iterable<ServerSentEvent> list) implements Events {}
  }

  /**
   * What somebody publishes.
   *
   * @param publisher subscribed to once for each client, and cancelled when the client has gone. A
   *     {@link java.util.concurrent.SubmissionPublisher} serves many clients; its {@code offer}
   *     drops events for those who do not keep up, while {@code submit} waits for them
   */
  public static EventStream of(Flow.Publisher<ServerSentEvent> publisher) {
    return new EventStream(new Events.Published(publisher));
  }

  /**
   * The events of a list, each when the client has taken the one before.
   *
   * @param events may make its client wait: it is read on the pool for {@linkplain
   *     ServiceContext#blocking blocking work}, of which it takes a thread meanwhile
   */
  public static EventStream of(Iterable<ServerSentEvent> events) {
    return new EventStream(new Events.Listed(events));
  }

  @Override
  public String type() {
    return "text/event-stream";
  }

  @Override
  public long length() {
    return Download.UNKNOWN;
  }

  // Without this header, nginx collects events until its buffer is full.
  @Override
  public Map<String, String> headers() {
    return Map.of("X-Accel-Buffering", "no");
  }
}
