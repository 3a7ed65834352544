package dev.troupe.seed.metrics;

import dev.troupe.protocol.metrics.MetricKind;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The samples of one name, of one kind, each with other labels. Not thread-safe. */
final class SampleFamily {
  private final String name;
  private final MetricKind kind;
  private final String help;
  private final Set<Labels> taken = new HashSet<>();
  private final List<DataPointSnapshot> points = new ArrayList<>();

  SampleFamily(String name, MetricKind kind, String help) {
    this.name = name;
    this.kind = kind;
    this.help = help;
  }

  /**
   * Adds a sample.
   *
   * @return false when it is of another kind, or has the labels of another one
   */
  boolean add(MetricKind ofPoint, DataPointSnapshot point) {
    return ofPoint == kind && taken.add(point.getLabels()) && points.add(point);
  }

  MetricSnapshot snapshot() {
    return switch (kind) {
      case COUNTER -> {
        CounterSnapshot.Builder all = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point -> all.dataPoint((CounterDataPointSnapshot) point));
        yield all.build();
      }
      case GAUGE -> {
        GaugeSnapshot.Builder all = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> all.dataPoint((GaugeDataPointSnapshot) point));
        yield all.build();
      }
      case HISTOGRAM -> {
        HistogramSnapshot.Builder all = HistogramSnapshot.builder().name(name).help(help);
        points.forEach(point -> all.dataPoint((HistogramDataPointSnapshot) point));
        yield all.build();
      }
    };
  }
}
