package dev.troupe.node.registry;

import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Instant;
import java.util.Map;

/** What instances of UserService may say of themselves; all are at {@link #PORT}. */
final class Announced {
  static final int PORT = 25_001;

  private Announced() {}

  static Registration registration(String slot) {
    return registration(slot, 1);
  }

  static Registration registration(String slot, int generation) {
    return new Registration(
        "UserService",
        slot,
        generation,
        Members.address(PORT).toString(),
        4711,
        Instant.EPOCH,
        null,
        Instant.EPOCH,
        "1",
        null,
        null);
  }

  static Heartbeat beat(int generation, long sequence) {
    return beat(generation, sequence, (double) sequence);
  }

  /**
   * @param uptime in seconds
   */
  static Heartbeat beat(int generation, long sequence, double uptime) {
    return at(Instant.EPOCH.plusSeconds(sequence), generation, sequence, uptime);
  }

  static Heartbeat unhealthy(int generation, long sequence, String reason) {
    return new Heartbeat(
        generation,
        sequence,
        sequence * 1000,
        Instant.EPOCH,
        InstanceState.UNHEALTHY,
        reason,
        false,
        0,
        0,
        0,
        Map.of());
  }

  /**
   * @param at what the clock of its host shows
   */
  static Heartbeat at(Instant at, int generation, long sequence, double uptime) {
    return new Heartbeat(
        generation,
        sequence,
        (long) (uptime * 1000),
        at,
        InstanceState.READY,
        null,
        false,
        0,
        0,
        0,
        Map.of());
  }
}
