package dev.troupe.seed.traces;

import dev.troupe.protocol.trace.KeepTraces.Kept;
import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanReport;
import dev.troupe.protocol.trace.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The traces that are kept, bounded in number, spans and age. The oldest make room for new ones; of
 * those that show how it is when all is well, at most half of all stay.
 */
final class TraceStore {
  private final int mostTraces;
  private final int mostSpans;
  private final long keepNanos;
  private final Map<TraceId, KeptTrace> traces = new LinkedHashMap<>();
  private int spans;

  /**
   * @param mostSpans of all traces together
   */
  TraceStore(int mostTraces, int mostSpans, Duration keepFor) {
    this.mostTraces = mostTraces;
    this.mostSpans = mostSpans;
    this.keepNanos = keepFor.toNanos();
  }

  /** Keeps a trace from now on, if it is not kept already. */
  KeptTrace keep(Kept kept, long nowNanos) {
    KeptTrace trace = traces.get(kept.trace());
    if (trace == null) {
      trace = new KeptTrace(kept.trace(), nowNanos);
      traces.put(kept.trace(), trace);
    }
    trace.add(kept);
    makeRoom();
    return trace;
  }

  /** Adds spans of traces that are kept. */
  void add(SpanReport report) {
    for (Span span : report.spans()) {
      KeptTrace trace = traces.get(span.trace());
      if (trace != null && trace.add(new CollectedSpan(report.slot(), report.generation(), span))) {
        spans++;
      }
    }
    makeRoom();
  }

  private void makeRoom() {
    while (traces.size() > mostTraces || (spans > mostSpans && traces.size() > 1)) {
      remove(leastWanted());
    }
  }

  private KeptTrace leastWanted() {
    List<KeptTrace> routine = traces.values().stream().filter(KeptTrace::isRoutine).toList();
    return routine.size() * 2 > traces.size() ? routine.get(0) : traces.values().iterator().next();
  }

  private void remove(KeptTrace trace) {
    traces.remove(trace.id());
    spans -= trace.spans().size();
  }

  /** Removes the traces that are kept long enough. */
  void expire(long nowNanos) {
    List<KeptTrace> old = new ArrayList<>();
    for (KeptTrace trace : traces.values()) {
      if (nowNanos - trace.sinceNanos() < keepNanos) {
        break;
      }
      old.add(trace);
    }
    old.forEach(this::remove);
  }

  Optional<KeptTrace> find(TraceId id) {
    return Optional.ofNullable(traces.get(id));
  }

  /** All traces, the newest first. */
  List<KeptTrace> newestFirst() {
    List<KeptTrace> all = new ArrayList<>(traces.values());
    Collections.reverse(all);
    return all;
  }

  int size() {
    return traces.size();
  }
}
