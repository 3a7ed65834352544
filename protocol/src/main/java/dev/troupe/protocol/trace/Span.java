package dev.troupe.protocol.trace;

import java.util.Objects;

/**
 * A piece of work of one node for a trace, as the node tells it to the seed node.
 *
 * @param id never 0
 * @param parent the span that asked for it; 0 if none did
 * @param startMicros since the epoch, by the clock of the node
 * @param durationMicros 0 or more
 * @param status as in HTTP; 0 if the kind has none
 * @param name like {@code POST /orders} or {@code create_order}; cut to {@value #LONGEST_NAME}
 *     characters
 * @param peer the slot that the work was given to; empty if it was done by the node itself
 * @param peerGeneration of the process that the work was given to; 0 if it was given to none
 */
public record Span(
    TraceId trace,
    long id,
    long parent,
    SpanKind kind,
    long startMicros,
    long durationMicros,
    SpanEnd end,
    int status,
    String name,
    String peer,
    int peerGeneration) {
  /** The most characters of a name. */
  public static final int LONGEST_NAME = 200;

  public Span {
    Objects.requireNonNull(trace, "trace");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(end, "end");
    if (id == 0 || durationMicros < 0 || peerGeneration < 0 || status < 0 || status > 999) {
      throw new IllegalArgumentException(
          "a span with id %d, duration %d, status %d, generation %d (expected: an id, 0 or more, 0 to 999, 0 or more)"
              .formatted(id, durationMicros, status, peerGeneration));
    }
    name = cut(name);
    peer = cut(peer);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
  }
}
