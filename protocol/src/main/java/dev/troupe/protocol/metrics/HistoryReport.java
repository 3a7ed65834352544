package dev.troupe.protocol.metrics;

import dev.troupe.protocol.WireMessage;
import java.util.List;

/**
 * The load of one node in the last minutes.
 *
 * @param request that of {@link HistoryRequest}
 * @param version of the layout; a reader that does not know it ignores the report
 * @param slot of the node
 * @param process a number that another process of the slot does not have
 * @param tick the newest one that has begun; each lasts {@link #TICK_MILLIS}
 * @param ageMillis since {@code tick} began, by the monotonic clock of the node
 * @param samples the oldest first
 */
public record HistoryReport(
    long request,
    int version,
    String slot,
    long process,
    long tick,
    long ageMillis,
    List<LoadSample> samples)
    implements WireMessage {
  /** The version that this code writes and reads. */
  public static final int VERSION = 1;

  /** The distance of two samples. */
  public static final long TICK_MILLIS = 5_000;

  /** The most samples of a report: 15 min. */
  public static final int MOST_SAMPLES = 180;

  public HistoryReport {
    samples = List.copyOf(samples);
  }
}
