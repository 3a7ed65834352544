package dev.troupe.seed.traces;

import dev.troupe.protocol.trace.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** When the nodes are asked for the spans of which traces. */
final class CollectionRounds {
  /** How long after a trace was kept its rounds are. */
  static final List<Duration> ROUNDS =
      List.of(Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(10));

  /** When a trace is complete: what the last round asks for has had time to come. */
  static final Duration COMPLETE = Duration.ofSeconds(12);

  private record Pending(int round, long begunNanos) {
    boolean isOver() {
      return round == ROUNDS.size();
    }

    long dueNanos() {
      return begunNanos + (isOver() ? COMPLETE : ROUNDS.get(round)).toNanos();
    }
  }

  private final Map<TraceId, Pending> pending = new LinkedHashMap<>();

  /** Begins the rounds of a trace, also if it had some before. */
  void begin(TraceId trace, long nowNanos) {
    pending.put(trace, new Pending(0, nowNanos));
  }

  /**
   * The traces that have a round now.
   *
   * @param limit how many at most; the others have theirs the next time
   */
  Set<TraceId> due(int limit, long nowNanos) {
    Set<TraceId> due = new LinkedHashSet<>();
    for (Map.Entry<TraceId, Pending> next : pending.entrySet()) {
      Pending now = next.getValue();
      if (due.size() < limit && !now.isOver() && nowNanos - now.dueNanos() >= 0) {
        due.add(next.getKey());
        next.setValue(new Pending(now.round() + 1, now.begunNanos()));
      }
    }
    return due;
  }

  /** Removes and returns the traces that are complete. */
  List<TraceId> complete(long nowNanos) {
    List<TraceId> complete = new ArrayList<>();
    for (Map.Entry<TraceId, Pending> next : pending.entrySet()) {
      if (next.getValue().isOver() && nowNanos - next.getValue().dueNanos() >= 0) {
        complete.add(next.getKey());
      }
    }
    complete.forEach(pending::remove);
    return complete;
  }

  /** Ends the rounds of all traces that are not {@code wanted} any more. */
  void retain(Predicate<TraceId> wanted) {
    pending.keySet().removeIf(wanted.negate());
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }
}
