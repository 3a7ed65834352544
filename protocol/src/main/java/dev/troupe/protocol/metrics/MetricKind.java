package dev.troupe.protocol.metrics;

/** What the samples of a {@link MetricFamily} are. */
public enum MetricKind {
  /** Only rises while the process lives. */
  COUNTER,
  /** May rise and fall. */
  GAUGE,
  /** Observed durations, counted by buckets. */
  HISTOGRAM
}
