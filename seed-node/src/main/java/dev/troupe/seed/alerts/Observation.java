package dev.troupe.seed.alerts;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeadWork;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the rules look at.
 *
 * @param events of the last minutes, the oldest first
 * @param calls what each node says of its calls of each service
 * @param dead what each service has given up
 * @param diskPercent what is free of the disk of the home, if that is known
 */
record Observation(
    Instant at,
    ClusterStatus status,
    List<Event> events,
    List<Calls> calls,
    List<Dead> dead,
    OptionalInt diskPercent) {
  Observation {
    events = List.copyOf(events);
    calls = List.copyOf(calls);
    dead = List.copyOf(dead);
  }

  /** What {@code service} has given up. */
  record Dead(String service, DeadWork work) {}

  /** The calls that the node of {@code caller}, a slot, makes of {@code service}. */
  record Calls(String caller, String service, CallReport report) {}
}
