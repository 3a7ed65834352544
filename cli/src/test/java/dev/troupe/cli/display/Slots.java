package dev.troupe.cli.display;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.time.Instant;
import java.util.List;

/** Slots as tests need them. */
public final class Slots {
  public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private Slots() {}

  public static SlotStatus running(String slot, long pid) {
    return new SlotStatus(
        slot,
        service(slot),
        SlotState.RUNNING,
        1,
        pid,
        null,
        SINCE,
        1900L,
        0,
        3,
        null,
        null,
        List.of());
  }

  public static SlotStatus launching(String slot, long pid) {
    return new SlotStatus(
        slot,
        service(slot),
        SlotState.LAUNCHING,
        1,
        pid,
        null,
        SINCE,
        null,
        0,
        3,
        null,
        null,
        List.of());
  }

  public static SlotStatus unhealthy(String slot, long pid, String reason) {
    return new SlotStatus(
        slot,
        service(slot),
        SlotState.UNHEALTHY,
        1,
        pid,
        null,
        SINCE,
        null,
        0,
        3,
        null,
        reason,
        List.of());
  }

  public static SlotStatus pending(String slot) {
    return new SlotStatus(
        slot,
        service(slot),
        SlotState.PENDING,
        0,
        null,
        null,
        SINCE,
        null,
        0,
        3,
        null,
        null,
        List.of());
  }

  public static SlotStatus failed(String slot) {
    return new SlotStatus(
        slot,
        service(slot),
        SlotState.FAILED,
        4,
        null,
        null,
        SINCE,
        null,
        3,
        3,
        137,
        "restarted 3 times in 60 s",
        List.of("first line", "last line"));
  }

  private static String service(String slot) {
    return slot.substring(0, slot.lastIndexOf('-'));
  }
}
