package dev.troupe.seed.data;

import dev.troupe.protocol.registry.DataReport;
import java.util.List;

/**
 * What one node holds of Distributed Data.
 *
 * @param slot of the node
 * @param silent whether the node should have answered and did not; it has no entries then
 * @param synced whether the node has read what the other nodes know
 * @param registrations how many it holds
 * @param heartbeats how many it holds, by slot
 * @param dropped entries that had no room in its report
 * @param problems what it lacks that another node has
 * @param entries by slot; empty if they were not asked for
 */
public record NodeData(
    String slot,
    String service,
    boolean silent,
    boolean synced,
    int registrations,
    int heartbeats,
    int dropped,
    List<DataProblem> problems,
    List<DataReport.Entry> entries) {
  public NodeData {
    problems = List.copyOf(problems);
    entries = List.copyOf(entries);
  }
}
