package dev.troupe.cli.display;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.DurationFormat;
import dev.troupe.protocol.report.ExitLog;
import dev.troupe.protocol.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Formats the status of a cluster as text for people. */
public final class StatusText {
  private StatusText() {}

  /** What {@code status} prints. */
  public static List<String> lines(ClusterStatus status, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("SLOT", "SERVICE", "PID", "STATE", "GENERATION", "SINCE", "RESTARTS", "REASON"));
    for (SlotStatus slot : status.slots()) {
      rows.add(
          List.of(
              slot.slot(),
              slot.service(),
              pid(slot),
              slot.state().label(),
              Integer.toString(slot.generation()),
              DurationFormat.coarse(Duration.between(slot.since(), now)),
              Integer.toString(slot.restarts()),
              isTroubled(slot) ? "see below" : firstLineOfReason(slot)));
    }
    List<String> lines = new ArrayList<>(TextTable.lines(rows));
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

  /** What {@code up} shows while slots become ready. */
  static List<String> startTable(ClusterStatus status, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SLOT", "PID", "STATE", "READY"));
    for (SlotStatus slot : status.slots()) {
      rows.add(List.of(slot.slot(), pid(slot), slot.state().label(), readiness(slot, now)));
    }
    return TextTable.lines(rows);
  }

  /** What {@code up} prints when a slot has changed. */
  static List<String> change(SlotStatus slot) {
    if (slot.state() == SlotState.FAILED) {
      return trouble(slot);
    }
    StringBuilder line = new StringBuilder(slot.slot()).append(' ').append(slot.state().label());
    if (slot.pid() != null) {
      line.append(" (pid ").append(slot.pid()).append(')');
    }
    if (slot.state() == SlotState.RUNNING) {
      line.append(' ').append(readyAfter(slot));
    } else if (slot.reason() != null) {
      line.append(": ").append(slot.reason());
    }
    return List.of(line.toString().stripTrailing());
  }

  /** Reason and last log lines of a slot that does not run. */
  static List<String> trouble(SlotStatus slot) {
    List<String> lines = new ArrayList<>();
    lines.add(
        slot.slot()
            + " "
            + slot.state().label()
            + (slot.reason() == null ? "" : ": " + slot.reason()));
    lines.addAll(ExitLog.lines(slot.log()));
    return lines;
  }

  private static String readiness(SlotStatus slot, Instant now) {
    if (slot.state() == SlotState.RUNNING) {
      return readyAfter(slot);
    }
    if (slot.state() == SlotState.LAUNCHING || slot.state() == SlotState.JOINING) {
      Duration age = Duration.between(slot.since(), now);
      return "... " + DurationFormat.fine(age.isNegative() ? Duration.ZERO : age);
    }
    return firstLineOfReason(slot);
  }

  private static String readyAfter(SlotStatus slot) {
    Long millis = slot.readyMillis();
    return millis == null ? "" : "after " + DurationFormat.fine(Duration.ofMillis(millis));
  }

  private static String firstLineOfReason(SlotStatus slot) {
    return slot.reason() == null ? "" : slot.reason().lines().findFirst().orElse("");
  }

  private static String pid(SlotStatus slot) {
    return slot.pid() == null ? "-" : slot.pid().toString();
  }

  private static boolean isTroubled(SlotStatus slot) {
    return slot.state() == SlotState.FAILED || slot.state() == SlotState.BACKING_OFF;
  }
}
