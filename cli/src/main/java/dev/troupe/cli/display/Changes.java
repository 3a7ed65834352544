package dev.troupe.cli.display;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a sequence of states into a line for each change. */
final class Changes {
  private final Map<String, Shown> shown = new HashMap<>();

  private record Shown(SlotState state, int generation, @Nullable Long pid) {}

  /** What is new since the last call. */
  List<String> of(ClusterStatus status) {
    List<String> lines = new ArrayList<>();
    for (SlotStatus slot : status.slots()) {
      Shown now = new Shown(slot.state(), slot.generation(), slot.pid());
      if (!now.equals(shown.put(slot.slot(), now))) {
        lines.addAll(lines(slot));
      }
    }
    return lines;
  }

  private static List<String> lines(SlotStatus slot) {
    if (slot.state() == SlotState.FAILED) {
      return StatusText.trouble(slot);
    }
    StringBuilder line = new StringBuilder(slot.slot()).append(' ').append(slot.state().label());
    if (slot.pid() != null) {
      line.append(" (pid ").append(slot.pid()).append(')');
    }
    if (slot.state() == SlotState.RUNNING) {
      line.append(' ').append(StartTable.readyAfter(slot));
    } else if (slot.reason() != null) {
      line.append(": ").append(slot.reason());
    }
    return List.of(line.toString().stripTrailing());
  }
}
