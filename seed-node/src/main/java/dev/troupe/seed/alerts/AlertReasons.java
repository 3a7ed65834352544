package dev.troupe.seed.alerts;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.SlotReport;
import dev.troupe.protocol.report.TimeFormat;
import dev.troupe.protocol.settings.Settings;
import java.time.Instant;
import java.util.List;

/** Says of a problem what {@code bin/troupe why} says of its slot. */
record AlertReasons(Settings settings) {
  /**
   * @param events of all slots, the oldest first
   * @return nothing if the problem has no slot
   */
  List<String> of(Problem problem, ClusterStatus status, List<Event> events) {
    String slot = problem.slot();
    if (slot == null) {
      return List.of();
    }
    SlotStatus now =
        status.slots().stream().filter(known -> known.slot().equals(slot)).findFirst().orElse(null);
    List<Event> own = events.stream().filter(event -> slot.equals(event.slot())).toList();
    return new SlotReport(slot, now, own, settings.restart(NodeNames.serviceOf(slot)))
        .lines(TimeFormat.local(Instant.now()));
  }
}
