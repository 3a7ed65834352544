package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A whole trace.
 *
 * @param spans each after the one that asked for it, those of one parent in the order of time
 */
public record TraceReport(@JsonUnwrapped TraceSummary summary, List<SpanLine> spans) {
  public TraceReport {
    spans = List.copyOf(spans);
  }
}
