package dev.troupe.protocol.registry;

import dev.troupe.protocol.NodeReport;
import java.util.List;

/**
 * The registrations and heartbeats that one node holds at one moment.
 *
 * @param query that of the request
 * @param version of the layout; a reader that does not know it ignores the report
 * @param slot of the node
 * @param synced whether the node has read what the other nodes know
 * @param entries by slot, sorted, at most {@link #MOST_ENTRIES}
 * @param dropped entries that had no room in the report
 */
public record DataReport(
    long query, int version, String slot, boolean synced, List<Entry> entries, int dropped)
    implements NodeReport {
  /** The version that this code writes and reads. */
  public static final int VERSION = 1;

  /** The most entries of one report, so that it fits into a message between nodes. */
  public static final int MOST_ENTRIES = 2000;

  public DataReport {
    entries = List.copyOf(entries);
  }

  /**
   * What a node holds of one slot.
   *
   * @param slot that the entry is of
   * @param registered the generation of the registration, 0 if the node holds none
   * @param heard the generation of the newest heartbeat, 0 if the node holds none
   * @param sequence of the newest heartbeat, pulses included
   * @param ageMillis since that heartbeat was sent, as the node estimates it
   */
  public record Entry(String slot, int registered, int heard, long sequence, long ageMillis) {}
}
