package dev.troupe.seed.traces;

import dev.troupe.protocol.trace.TraceId;
import java.time.Duration;
import java.util.Iterator;
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

  private record Pending(int round, long begunNanos) {
    long dueNanos() {
      return begunNanos + ROUNDS.get(round).toNanos();
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
    for (Iterator<Map.Entry<TraceId, Pending>> all = pending.entrySet().iterator();
        all.hasNext() && due.size() < limit; ) {
      Map.Entry<TraceId, Pending> next = all.next();
      Pending now = next.getValue();
      if (nowNanos - now.dueNanos() >= 0) {
        due.add(next.getKey());
        if (now.round() + 1 == ROUNDS.size()) {
          all.remove();
        } else {
          next.setValue(new Pending(now.round() + 1, now.begunNanos()));
        }
      }
    }
    return due;
  }

  /** Ends the rounds of all traces that are not {@code wanted} any more. */
  void retain(Predicate<TraceId> wanted) {
    pending.keySet().removeIf(wanted.negate());
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }
}
