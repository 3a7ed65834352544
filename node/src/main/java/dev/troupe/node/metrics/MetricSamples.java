package dev.troupe.node.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricKind;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samples of one moment, bounded in bytes. Not thread-safe. */
public final class MetricSamples {
  // Names of fields, lengths and kinds, rounded up.
  private static final int BYTES_PER_FAMILY = 128;
  private static final int BYTES_PER_POINT = 64;
  private static final int BYTES_PER_NUMBER = 9;

  private record Family(MetricKind kind, String help, List<MetricPoint> points) {}

  private final Map<String, Family> families = new LinkedHashMap<>();
  private final int mostBytes;
  private int bytes;
  private long dropped;

  /** No samples, with room for as many bytes as a report may have. */
  public MetricSamples() {
    this(MetricsReport.MOST_BYTES);
  }

  MetricSamples(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Adds a sample of what only rises.
   *
   * @param name without {@code _total}
   */
  public void counter(String name, String help, Map<String, String> labels, double value) {
    add(name, MetricKind.COUNTER, help, new MetricPoint(labels, value));
  }

  /** Adds a sample of what may rise and fall. */
  public void gauge(String name, String help, Map<String, String> labels, double value) {
    add(name, MetricKind.GAUGE, help, new MetricPoint(labels, value));
  }

  void histogram(String name, String help, Map<String, String> labels, Histogram histogram) {
    add(
        name,
        MetricKind.HISTOGRAM,
        help,
        new MetricPoint(labels, histogram.sumSeconds(), histogram.counts()));
  }

  private void add(String name, MetricKind kind, String help, MetricPoint point) {
    Family family = families.get(name);
    int size = sizeOf(point) + (family == null ? sizeOf(name, kind, help) : 0);
    if (bytes + size > mostBytes) {
      dropped++;
      return;
    }
    bytes += size;
    if (family == null) {
      family = new Family(kind, help, new ArrayList<>());
      families.put(name, family);
    }
    family.points().add(point);
  }

  private static int sizeOf(String name, MetricKind kind, String help) {
    int bounds = kind == MetricKind.HISTOGRAM ? Histogram.BOUNDS.size() * BYTES_PER_NUMBER : 0;
    return BYTES_PER_FAMILY + name.length() + sizeOf(help) + bounds;
  }

  private static int sizeOf(MetricPoint point) {
    int size = BYTES_PER_POINT + point.buckets().size() * BYTES_PER_NUMBER;
    for (Map.Entry<String, String> label : point.labels().entrySet()) {
      size += 2 * BYTES_PER_NUMBER + sizeOf(label.getKey()) + sizeOf(label.getValue());
    }
    return size;
  }

  private static int sizeOf(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** How many samples had no room. */
  long dropped() {
    return dropped;
  }

  /** All samples that had room. */
  public List<MetricFamily> families() {
    List<MetricFamily> all = new ArrayList<>();
    families.forEach(
        (name, family) ->
            all.add(
                new MetricFamily(
                    name,
                    family.kind(),
                    family.help(),
                    family.kind() == MetricKind.HISTOGRAM ? Histogram.BOUNDS : List.of(),
                    family.points())));
    return all;
  }
}
