package dev.troupe.protocol.metrics;

import java.util.List;
import java.util.Objects;

/**
 * The samples of one name.
 *
 * @param name in the spelling of Prometheus; of a counter without {@code _total}
 * @param help one sentence
 * @param bounds of the buckets of a histogram, inclusive, ascending, without the infinite one;
 *     empty otherwise
 */
public record MetricFamily(
    String name, MetricKind kind, String help, List<Double> bounds, List<MetricPoint> points) {
  public MetricFamily {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(help, "help");
    bounds = List.copyOf(bounds);
    points = List.copyOf(points);
  }
}
