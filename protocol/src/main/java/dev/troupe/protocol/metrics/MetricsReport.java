package dev.troupe.protocol.metrics;

import dev.troupe.protocol.NodeReport;
import java.util.List;

/**
 * The metrics of one node at one moment. It has at most {@link #MOST_BYTES}, so that it fits into a
 * message between nodes.
 *
 * @param scrape that of the request
 * @param version of the layout; a reader that does not know it ignores the report
 * @param slot of the node
 * @param families by name, each once
 * @param dropped samples that had no room in the report
 */
public record MetricsReport(
    long scrape, int version, String slot, List<MetricFamily> families, long dropped)
    implements NodeReport {
  /** The version that this code writes and reads. */
  public static final int VERSION = 1;

  /** The most bytes of the samples of one report, as its writer estimates them. */
  public static final int MOST_BYTES = 1 << 20;

  public MetricsReport {
    families = List.copyOf(families);
  }

  @Override
  public long query() {
    return scrape;
  }
}
