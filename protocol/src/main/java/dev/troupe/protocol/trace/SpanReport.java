package dev.troupe.protocol.trace;

import dev.troupe.protocol.WireMessage;
import java.util.List;
import java.util.Objects;

/**
 * What a node remembers of traces.
 *
 * @param slot of the node
 * @param generation of its process
 * @param spans {@value #MOST} at most, the newest ones
 */
public record SpanReport(String slot, int generation, List<Span> spans) implements WireMessage {
  /** The most spans of one message. */
  public static final int MOST = 2000;

  public SpanReport {
    Objects.requireNonNull(slot, "slot");
    spans = List.copyOf(spans);
    if (spans.size() > MOST) {
      throw new IllegalArgumentException(
          "a report of %d spans (expected: %d at most)".formatted(spans.size(), MOST));
    }
  }
}
