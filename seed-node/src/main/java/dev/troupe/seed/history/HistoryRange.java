package dev.troupe.seed.history;

import dev.troupe.protocol.metrics.HistoryReport;
import java.util.Arrays;
import java.util.Optional;

/** How far back a history goes, and how fine it is. */
public enum HistoryRange {
  /** 15 min, a row for each tick. */
  MINUTES("15m", 180, 1),
  /** A day, a row for each minute. */
  DAY("24h", 1440, 12);

  private final String label;
  private final int rows;
  private final int ticksPerRow;

  HistoryRange(String label, int rows, int ticksPerRow) {
    this.label = label;
    this.rows = rows;
    this.ticksPerRow = ticksPerRow;
  }

  /** The range that a request names; empty if there is none of that name. */
  public static Optional<HistoryRange> of(String label) {
    return Arrays.stream(values()).filter(range -> range.label.equals(label)).findFirst();
  }

  public String label() {
    return label;
  }

  int rows() {
    return rows;
  }

  int ticksPerRow() {
    return ticksPerRow;
  }

  long stepMillis() {
    return ticksPerRow * HistoryReport.TICK_MILLIS;
  }
}
