package dev.troupe.seed.query;

import java.util.Map;

/**
 * What nodes have answered.
 *
 * @param reports by slot, without those of nodes that were silent
 * @param refused whether nobody was asked, since too many queries are under way
 */
public record NodeReports<R>(Map<String, R> reports, boolean refused) {
  public NodeReports {
    reports = Map.copyOf(reports);
  }

  /** Nobody was asked, since there is nobody to ask. */
  public static <R> NodeReports<R> none() {
    return new NodeReports<>(Map.of(), false);
  }

  static <R> NodeReports<R> refusal() {
    return new NodeReports<>(Map.of(), true);
  }
}
