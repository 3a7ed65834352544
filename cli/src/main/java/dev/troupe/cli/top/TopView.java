package dev.troupe.cli.top;

import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the table shows at one moment.
 *
 * @param at when the figures were taken
 * @param rows in the order of the status
 * @param total requests of all gateways, CPU and memory of all slots
 * @param silence why the seed node does not answer; null if it does
 */
record TopView(Instant at, List<Row> rows, SlotFigures total, @Nullable String silence) {
  TopView {
    rows = List.copyOf(rows);
  }

  /** One slot. */
  record Row(SlotStatus slot, SlotFigures figures) {}

  TopView silent(String why) {
    return new TopView(at, rows, total, why);
  }
}
