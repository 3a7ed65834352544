package dev.troupe.seed.supervisor;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.RegistryViews;
import java.util.List;

/** What slots might say of themselves. */
final class Statuses {
  private Statuses() {}

  static SlotStatus slot(String slot, SlotState state) {
    return new SlotStatus(
        slot,
        slot.substring(0, slot.lastIndexOf('-')),
        state,
        1,
        null,
        null,
        RegistryViews.STARTED_AT,
        null,
        0,
        3,
        null,
        null,
        List.of());
  }
}
