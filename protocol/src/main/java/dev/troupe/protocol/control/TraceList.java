package dev.troupe.protocol.control;

import java.util.List;

/**
 * The newest traces that are wanted, the newest first.
 *
 * @param kept how many the seed node keeps in all
 */
public record TraceList(List<TraceSummary> traces, int kept) {
  public TraceList {
    traces = List.copyOf(traces);
  }
}
