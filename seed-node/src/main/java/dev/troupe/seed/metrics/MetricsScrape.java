package dev.troupe.seed.metrics;

import dev.troupe.protocol.metrics.MetricsReport;
import java.util.Map;

/**
 * What nodes have answered.
 *
 * @param reports by slot, without those of nodes that were silent
 * @param refused whether nobody was asked, since too many scrapes are under way
 */
public record MetricsScrape(Map<String, MetricsReport> reports, boolean refused) {
  /** Nobody was asked. */
  public static final MetricsScrape NONE = new MetricsScrape(Map.of(), false);

  static final MetricsScrape REFUSED = new MetricsScrape(Map.of(), true);

  public MetricsScrape {
    reports = Map.copyOf(reports);
  }
}
