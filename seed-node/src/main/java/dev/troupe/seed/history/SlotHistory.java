package dev.troupe.seed.history;

import dev.troupe.protocol.metrics.LoadSample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The load of one slot: a row for each tick of a quarter of an hour, and for each minute of a day.
 */
final class SlotHistory {
  static final int CPU = 0;
  static final int HEAP = 1;
  static final int RESIDENT = 2;
  static final int COLLECTING = 3;
  static final int ERRORS = 4;
  static final int BUCKETS = 5;
  static final int COLUMNS = BUCKETS + Percentiles.BUCKETS;

  // A minute can be summed up after its ticks have left the range that is shown.
  private static final int SPARE_TICKS = 24;
  private static final int TICKS_PER_MINUTE = HistoryRange.DAY.ticksPerRow();

  private final String service;
  private final FigureRing ticks =
      new FigureRing(HistoryRange.MINUTES.rows() + SPARE_TICKS, COLUMNS);
  private final FigureRing minutes = new FigureRing(HistoryRange.DAY.rows() + 1, COLUMNS);

  SlotHistory(String service) {
    this.service = service;
  }

  String service() {
    return service;
  }

  /** The newest tick with a sample. */
  long newest() {
    return ticks.newest();
  }

  /** Adds what a process did in a tick, and sums up its minute again. */
  void add(long tick, LoadSample sample) {
    float[] row = new float[COLUMNS];
    row[CPU] = sample.cpu() < 0 ? Float.NaN : (float) sample.cpu();
    row[HEAP] = sample.heapBytes();
    row[RESIDENT] = sample.residentBytes() > 0 ? sample.residentBytes() : Float.NaN;
    row[COLLECTING] = (float) sample.collecting();
    row[ERRORS] = known(sample.errors());
    for (int i = 0; i < Percentiles.BUCKETS; i++) {
      row[BUCKETS + i] = sample.buckets().isEmpty() ? Float.NaN : known(sample.buckets().get(i));
    }
    ticks.put(tick, row);
    sumUp(Math.floorDiv(tick, TICKS_PER_MINUTE));
  }

  // No figure is as good as none, and takes no memory.
  private static float known(long count) {
    return count <= 0 ? Float.NaN : count;
  }

  // Counts become those of an average tick, too.
  private void sumUp(long minute) {
    float[] average = new float[COLUMNS];
    int present = 0;
    int[] counts = new int[COLUMNS];
    for (long tick = minute * TICKS_PER_MINUTE; tick < (minute + 1) * TICKS_PER_MINUTE; tick++) {
      if (Float.isNaN(ticks.get(tick, HEAP))) {
        continue;
      }
      present++;
      for (int i = 0; i < COLUMNS; i++) {
        float figure = ticks.get(tick, i);
        if (!Float.isNaN(figure)) {
          average[i] += figure;
          counts[i]++;
        }
      }
    }
    for (int i = 0; i < COLUMNS; i++) {
      int divisor = i < ERRORS ? counts[i] : present;
      average[i] = counts[i] == 0 ? Float.NaN : average[i] / divisor;
    }
    if (present > 0) {
      minutes.put(minute, average);
    }
  }

  private FigureRing ring(HistoryRange range) {
    return range == HistoryRange.MINUTES ? ticks : minutes;
  }

  /** Whether the slot had a process that told something. */
  boolean has(HistoryRange range, long row) {
    return !Float.isNaN(ring(range).get(row, HEAP));
  }

  /** A figure of an average tick of a row; NaN if there is none. */
  float get(HistoryRange range, long row, int column) {
    return ring(range).get(row, column);
  }

  /** Adds the requests of an average tick of a row to {@code buckets}. */
  void addBuckets(HistoryRange range, long row, double[] buckets) {
    Arrays.setAll(
        buckets,
        i -> {
          float count = ring(range).get(row, BUCKETS + i);
          return buckets[i] + (Float.isNaN(count) ? 0 : count);
        });
  }

  void write(DataOutput out) throws IOException {
    ticks.write(out);
    minutes.write(out);
  }

  void read(DataInput in) throws IOException {
    ticks.read(in);
    minutes.read(in);
  }
}
