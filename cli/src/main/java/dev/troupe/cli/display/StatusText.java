package dev.troupe.cli.display;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code status} prints. */
public final class StatusText {
  private StatusText() {}

  public static List<String> lines(ClusterStatus status, Instant now) {
    Table table =
        new Table("SLOT", "SERVICE", "PID", "STATE", "GENERATION", "SINCE", "RESTARTS", "REASON");
    for (SlotStatus slot : status.slots()) {
      table.row(
          slot.slot(),
          slot.service(),
          pid(slot),
          slot.state().label(),
          Integer.toString(slot.generation()),
          DurationFormat.coarse(Duration.between(slot.since(), now)),
          Integer.toString(slot.restarts()),
          slot.reason() == null ? "" : slot.reason().lines().findFirst().orElse(""));
    }
    List<String> lines = new ArrayList<>(table.lines());
    for (SlotStatus slot : status.slots()) {
      if (isTroubled(slot)) {
        lines.add("");
        lines.addAll(trouble(slot));
      }
    }
    lines.add("");
    lines.add("Gateway: " + (status.gateway() == null ? "not ready" : status.gateway()));
    return lines.stream().map(VisibleText::line).toList();
  }

  /** Exit code, reason and last log lines of a slot that does not run. */
  static List<String> trouble(SlotStatus slot) {
    List<String> lines = new ArrayList<>();
    Integer exitCode = slot.exitCode();
    lines.add(
        slot.slot()
            + " "
            + slot.state().label()
            + (exitCode == null ? "" : " (" + ExitText.of(exitCode) + ")")
            + (slot.reason() == null ? "" : ": " + slot.reason()));
    slot.log().forEach(line -> lines.add("  | " + line));
    return lines;
  }

  static String pid(SlotStatus slot) {
    return slot.pid() == null ? "-" : slot.pid().toString();
  }

  private static boolean isTroubled(SlotStatus slot) {
    return slot.state() == SlotState.FAILED || slot.state() == SlotState.BACKING_OFF;
  }
}
