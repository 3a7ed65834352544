package dev.troupe.protocol.trace;

import dev.troupe.protocol.WireMessage;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks a node for what it remembers of traces.
 *
 * @param traces {@value #MOST} at most
 * @param replyTo gets one {@link SpanReport}
 */
public record SpanQuery(Set<TraceId> traces, ActorRef<SpanReport> replyTo) implements WireMessage {
  /** The most traces of one message. */
  public static final int MOST = 100;

  public SpanQuery {
    traces = Set.copyOf(traces);
    Objects.requireNonNull(replyTo, "replyTo");
    if (traces.size() > MOST) {
      throw new IllegalArgumentException(
          "a query of %d traces (expected: %d at most)".formatted(traces.size(), MOST));
    }
  }
}
