package dev.troupe.seed.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The history of all slots in some minutes as lines of CSV. */
final class HistoryTable {
  private static final String TITLES =
      "at,step_seconds,slot,cpu,heap_bytes,resident_bytes,gc,requests_per_second,errors_per_second,"
          + "p50_seconds,p95_seconds,p99_seconds";

  private final TickClock clock;
  private final long now;

  /**
   * @param now the newest tick
   */
  HistoryTable(TickClock clock, long now) {
    this.clock = clock;
    this.now = now;
  }

  /** All rows that begin in a time: ticks if all of them are still kept, minutes otherwise. */
  List<String> lines(Map<String, SlotHistory> slots, Instant from, Instant until) {
    long oldestTick = now - HistoryRange.MINUTES.rows() + 1;
    HistoryRange range =
        from.toEpochMilli() >= clock.millis(oldestTick) ? HistoryRange.MINUTES : HistoryRange.DAY;
    long newest = Math.floorDiv(now, range.ticksPerRow());
    List<String> lines = new ArrayList<>();
    lines.add(TITLES);
    for (long row = newest - range.rows() + 1; row <= newest; row++) {
      Instant at = Instant.ofEpochMilli(clock.millis(row * range.ticksPerRow()));
      if (!at.isBefore(from) && at.isBefore(until)) {
        for (Map.Entry<String, SlotHistory> slot : new TreeMap<>(slots).entrySet()) {
          if (slot.getValue().has(range, row)) {
            lines.add(line(at, slot.getKey(), slot.getValue(), range, row));
          }
        }
      }
    }
    return lines;
  }

  private static String line(
      Instant at, String name, SlotHistory slot, HistoryRange range, long row) {
    LoadSum sum = new LoadSum();
    sum.addProcess(slot, range, row);
    sum.addRequests(slot, range, row);
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%s,%d,%s", at, range.stepMillis() / 1000, name));
    append(line, sum.process(SlotHistory.CPU));
    append(line, sum.process(SlotHistory.HEAP));
    append(line, sum.process(SlotHistory.RESIDENT));
    append(line, sum.process(SlotHistory.COLLECTING));
    append(line, sum.requestsPerSecond(1));
    append(line, sum.errorsPerSecond(1));
    append(line, sum.percentile(0.50));
    append(line, sum.percentile(0.95));
    append(line, sum.percentile(0.99));
    return line.toString();
  }

  private static void append(StringBuilder line, @Nullable Double figure) {
    line.append(',').append(figure == null ? "" : figure.toString());
  }
}
