package dev.troupe.seed.history;

import dev.troupe.protocol.metrics.HistoryReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which tick of the history is a tick of a node. Each node begins its ticks at another moment, so
 * the distance is kept for as long as it is not wrong by a whole tick. Not thread-safe.
 */
final class NodeTicks {
  private record Known(long process, long distance, long newest) {}

  private final Map<String, Known> bySlot = new HashMap<>();

  /**
   * What is to be added to the ticks of a report.
   *
   * @param nanos now, like {@link System#nanoTime()}
   */
  long distance(HistoryReport report, TickClock clock, long nanos) {
    long begun = nanos - TimeUnit.MILLISECONDS.toNanos(report.ageMillis());
    double exact = clock.exactTick(begun) - report.tick();
    Known known = bySlot.get(report.slot());
    boolean holds =
        known != null
            && known.process() == report.process()
            && Math.abs(exact - known.distance()) < 1;
    long distance = holds ? known.distance() : Math.round(exact);
    long before = known != null && known.process() == report.process() ? known.newest() : -1;
    int size = report.samples().size();
    long newest = size == 0 ? before : report.samples().get(size - 1).tick();
    bySlot.put(report.slot(), new Known(report.process(), distance, newest));
    return distance;
  }

  /** The process that has told of a slot last; 0 if none has. */
  long process(String slot) {
    Known known = bySlot.get(slot);
    return known == null ? 0 : known.process();
  }

  /** The newest tick that the process has told, as it counts them; -1 if it told none. */
  long newest(String slot) {
    Known known = bySlot.get(slot);
    return known == null ? -1 : known.newest();
  }

  /** Forgets all other slots. */
  void retain(Set<String> slots) {
    bySlot.keySet().retainAll(slots);
  }
}
