package dev.troupe.seed.traces;

import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.trace.KeepReason;
import dev.troupe.protocol.trace.KeepTraces.Kept;
import dev.troupe.protocol.trace.TraceId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A trace that is kept, and what is known of it so far. */
final class KeptTrace {
  /** The most spans of a trace; those that come later are left out. */
  static final int MOST_SPANS = 1000;

  private static final int MOST_REQUESTS = 8;

  private final TraceId id;
  private final long sinceNanos;
  private final Set<KeepReason> reasons = EnumSet.noneOf(KeepReason.class);
  private final Set<String> requests = new LinkedHashSet<>();
  private final Map<Long, CollectedSpan> spans = new LinkedHashMap<>();
  private final Set<String> exported = new HashSet<>();

  KeptTrace(TraceId id, long nowNanos) {
    this.id = id;
    this.sinceNanos = nowNanos;
  }

  TraceId id() {
    return id;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  void add(Kept kept) {
    reasons.add(kept.reason());
    if (requests.size() < MOST_REQUESTS) {
      requests.add(kept.requestId());
    }
  }

  /**
   * @return whether the span is new, and there is room for it
   */
  boolean add(CollectedSpan span) {
    return spans.size() < MOST_SPANS && spans.putIfAbsent(span.span().id(), span) == null;
  }

  /** Those of {@code report} that no report had before, to be exported. */
  TraceReport notExported(TraceReport report) {
    return new TraceReport(
        report.summary(), report.spans().stream().filter(span -> exported.add(span.id())).toList());
  }

  /** Why it is kept. */
  Set<KeepReason> reasons() {
    return Collections.unmodifiableSet(reasons);
  }

  boolean isRoutine() {
    return reasons.stream().allMatch(KeepReason::isRoutine);
  }

  /** The ids by which logs know what was done for the trace, the first one that was told first. */
  Set<String> requests() {
    return Collections.unmodifiableSet(requests);
  }

  Collection<CollectedSpan> spans() {
    return Collections.unmodifiableCollection(spans.values());
  }
}
