package dev.troupe.gateway.status;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An instance as {@code GET /services} shows it.
 *
 * @param state ready, unhealthy or draining, from the instance's own heartbeat; silent,
 *     unreachable, or the status of its cluster member, from what this node sees
 * @param reason why the instance is unhealthy, if its heartbeat says so
 * @param cpuSeconds CPU time of the process since its start
 */
record InstanceEntry(
    String slot,
    int generation,
    long pid,
    String address,
    String state,
    @Nullable String reason,
    String version,
    Instant startedAt,
    Instant registeredAt,
    Instant lastHeartbeat,
    long uptimeSeconds,
    int inFlight,
    long heapBytes,
    double cpuSeconds) {

  static InstanceEntry of(InstanceView instance, Instant now) {
    Registration registration = instance.registration();
    Heartbeat heartbeat = instance.heartbeat();
    return new InstanceEntry(
        instance.slot(),
        registration.generation(),
        registration.pid(),
        registration.address(),
        state(instance),
        heartbeat.reason(),
        registration.version(),
        registration.startedAt(),
        registration.registeredAt(),
        heartbeat.at(),
        Duration.between(registration.startedAt(), now).toSeconds(),
        heartbeat.inFlight(),
        heartbeat.heapBytes(),
        heartbeat.cpuSeconds());
  }

  private static String state(InstanceView instance) {
    MemberView member = instance.member();
    if (!member.isUp()) {
      return member.status().toLowerCase(Locale.ROOT);
    }
    if (!member.reachable()) {
      return "unreachable";
    }
    if (instance.suspect()) {
      return "silent";
    }
    return instance.heartbeat().state().name().toLowerCase(Locale.ROOT);
  }
}
