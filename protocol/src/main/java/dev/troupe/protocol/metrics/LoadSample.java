package dev.troupe.protocol.metrics;

import java.util.List;

/**
 * What a process has done since the sample before.
 *
 * @param tick when it was taken, as the process counts ticks
 * @param cpu share of one processor; negative if unknown
 * @param heapBytes heap in use
 * @param residentBytes memory in RAM; 0 if the operating system does not tell
 * @param collecting share of the time that garbage collections took
 * @param errors requests that failed by the fault of the process (5xx)
 * @param buckets the answered requests by duration, as in {@link MetricPoint}; empty if there were
 *     none
 */
public record LoadSample(
    long tick,
    double cpu,
    long heapBytes,
    long residentBytes,
    double collecting,
    long errors,
    List<Long> buckets) {
  public LoadSample {
    buckets = List.copyOf(buckets);
  }
}
