package dev.troupe.protocol.metrics;

import java.util.List;
import java.util.Map;

/**
 * One sample of a {@link MetricFamily}.
 *
 * @param labels by their names, without those of the node itself
 * @param value the value; of a histogram the sum of what was observed
 * @param buckets of a histogram: how often a value fell into each bucket, not cumulated, with the
 *     last bucket for values above all bounds; empty otherwise
 */
public record MetricPoint(Map<String, String> labels, double value, List<Long> buckets) {
  public MetricPoint {
    labels = Map.copyOf(labels);
    buckets = List.copyOf(buckets);
  }

  /** A sample of a counter or a gauge. */
  public MetricPoint(Map<String, String> labels, double value) {
    this(labels, value, List.of());
  }
}
