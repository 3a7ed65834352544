package dev.troupe.seed.metrics;

import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricKind;
import dev.troupe.protocol.metrics.MetricPoint;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Collects samples into families, each with one name, one kind and one help text. What does not fit
 * is refused, because one bad sample of a node must not spoil the whole scrape. Not thread-safe.
 */
final class MetricFamilies {
  // Names with these endings could mean a part of another family.
  private static final Pattern NAME =
      Pattern.compile("[a-z][a-z0-9_]*(?<!_(?:total|count|sum|bucket|created|info))");

  private final Map<String, SampleFamily> families = new LinkedHashMap<>();

  /** Adds a sample of what may rise and fall. */
  void gauge(String name, String help, Labels labels, double value) {
    add(
        name,
        MetricKind.GAUGE,
        help,
        GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /**
   * Adds a sample of what only rises.
   *
   * @param name without {@code _total}, which is added to it
   */
  void counter(String name, String help, Labels labels, double value) {
    add(
        name,
        MetricKind.COUNTER,
        help,
        CounterDataPointSnapshot.builder().labels(labels).value(Math.max(0, value)).build());
  }

  /**
   * Adds a sample of a node.
   *
   * @param node the labels that tell the node
   * @return whether it was taken; false for one that is malformed or does not fit to others
   */
  boolean add(MetricFamily family, MetricPoint point, Labels node) {
    if (!NAME.matcher(family.name()).matches()) {
      return false;
    }
    try {
      Labels labels = node.merge(labels(point));
      return switch (family.kind()) {
        case COUNTER ->
            add(
                family.name(),
                family.kind(),
                family.help(),
                CounterDataPointSnapshot.builder().labels(labels).value(point.value()).build());
        case GAUGE ->
            add(
                family.name(),
                family.kind(),
                family.help(),
                GaugeDataPointSnapshot.builder().labels(labels).value(point.value()).build());
        case HISTOGRAM ->
            add(
                family.name(),
                family.kind(),
                family.help(),
                HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(buckets(family.bounds(), point.buckets()))
                    .sum(point.value())
                    .build());
      };
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static Labels labels(MetricPoint point) {
    Map<String, String> labels = new HashMap<>(point.labels());
    String[] names = labels.keySet().stream().sorted().toArray(String[]::new);
    String[] values = List.of(names).stream().map(labels::get).toArray(String[]::new);
    return Labels.of(names, values);
  }

  private static ClassicHistogramBuckets buckets(List<Double> bounds, List<Long> counts) {
    if (counts.size() != bounds.size() + 1) {
      throw new IllegalArgumentException(
          "%d buckets (expected: %d)".formatted(counts.size(), bounds.size() + 1));
    }
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < bounds.size(); i++) {
      buckets.bucket(bounds.get(i), counts.get(i));
    }
    return buckets.bucket(Double.POSITIVE_INFINITY, counts.get(bounds.size())).build();
  }

  private boolean add(String name, MetricKind kind, String help, DataPointSnapshot point) {
    SampleFamily family = families.get(name);
    if (family == null) {
      family = new SampleFamily(name, kind, help);
      families.put(name, family);
    }
    return family.add(kind, point);
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    families.values().forEach(family -> all.metricSnapshot(family.snapshot()));
    return all.build();
  }
}
