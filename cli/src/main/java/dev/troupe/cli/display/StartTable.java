package dev.troupe.cli.display;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@code up} shows while slots become ready. */
final class StartTable {
  private StartTable() {}

  static List<String> lines(ClusterStatus status, Instant now) {
    Table table = new Table("SLOT", "PID", "STATE", "READY");
    for (SlotStatus slot : status.slots()) {
      table.row(slot.slot(), StatusText.pid(slot), slot.state().label(), ready(slot, now));
    }
    return table.lines();
  }

  private static String ready(SlotStatus slot, Instant now) {
    if (slot.state() == SlotState.RUNNING) {
      return readyAfter(slot);
    }
    if (slot.state() == SlotState.LAUNCHING || slot.state() == SlotState.JOINING) {
      Duration age = Duration.between(slot.since(), now);
      return "... " + DurationFormat.fine(age.isNegative() ? Duration.ZERO : age);
    }
    return slot.reason() == null ? "" : slot.reason().lines().findFirst().orElse("");
  }

  static String readyAfter(SlotStatus slot) {
    Long millis = slot.readyMillis();
    return millis == null ? "" : "after " + DurationFormat.fine(Duration.ofMillis(millis));
  }
}
