package dev.troupe.seed.alerts;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.registry.CallReport;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the rules look at.
 *
 * @param events of the last minutes, the oldest first
 * @param calls what each node says of its calls of each service
 * @param diskPercent what is free of the disk of the home, if that is known
 */
record Observation(
    Instant at,
    ClusterStatus status,
    List<Event> events,
    List<Calls> calls,
    OptionalInt diskPercent) {
  Observation {
    events = List.copyOf(events);
    calls = List.copyOf(calls);
  }

  /** The calls that the node of {@code caller}, a slot, makes of {@code service}. */
  record Calls(String caller, String service, CallReport report) {}
}
