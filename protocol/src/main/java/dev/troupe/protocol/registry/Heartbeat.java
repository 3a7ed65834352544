package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance. The instance publishes it when it changes, and every few seconds; a
 * {@link Pulse} stands for each heartbeat between.
 *
 * <p>An observer measures the age of a heartbeat by its own monotonic clock, from when it saw
 * {@code sequence} change. No decision uses {@code at}, because the time of day can be set.
 *
 * @param generation of the slot, so that a late heartbeat of a dead process is recognisable
 * @param sequence grows by one with each heartbeat of a process
 * @param uptimeMillis since the process began to send heartbeats, by its monotonic clock
 * @param at the time of day when it was sent, for people to read
 * @param reason why it is not {@link InstanceState#READY}, if it isn't
 * @param degraded whether it is {@link InstanceState#UNHEALTHY} for a part of its work only, and
 *     takes requests all the same; earlier versions neither say nor know it
 * @param inFlight requests taken and not yet answered
 * @param heapBytes heap in use
 * @param cpuSeconds CPU time of the process since its start
 * @param calls it makes, by the service it calls
 * @param dead what its service has given up, if this instance does the background work; earlier
 *     versions neither say nor know it
 */
public record Heartbeat(
    int generation,
    long sequence,
    long uptimeMillis,
    Instant at,
    InstanceState state,
    @Nullable String reason,
    boolean degraded,
    int inFlight,
    long heapBytes,
    double cpuSeconds,
    Map<String, CallReport> calls,
    List<DeadWork> dead)
    implements WireMessage {
  // An earlier version sends no dead work.
  @SuppressWarnings("ConstantValue")
  public Heartbeat {
    calls = Map.copyOf(calls);
    dead = dead == null ? List.of() : List.copyOf(dead);
  }

  /** The heartbeat of an instance that knows of no dead work. */
  public Heartbeat(
      int generation,
      long sequence,
      long uptimeMillis,
      Instant at,
      InstanceState state,
      @Nullable String reason,
      boolean degraded,
      int inFlight,
      long heapBytes,
      double cpuSeconds,
      Map<String, CallReport> calls) {
    this(
        generation,
        sequence,
        uptimeMillis,
        at,
        state,
        reason,
        degraded,
        inFlight,
        heapBytes,
        cpuSeconds,
        calls,
        List.of());
  }

  /**
   * The pulse that stands for this heartbeat.
   *
   * @param slot of the instance
   */
  public Pulse pulse(String slot) {
    return new Pulse(
        slot,
        generation,
        sequence,
        uptimeMillis,
        at.toEpochMilli(),
        inFlight,
        heapBytes,
        cpuSeconds);
  }

  /** This heartbeat with the state of {@code other}, and what that says of calls. */
  public Heartbeat withStateOf(Heartbeat other) {
    return new Heartbeat(
        generation,
        sequence,
        uptimeMillis,
        at,
        other.state,
        other.reason,
        other.degraded,
        inFlight,
        heapBytes,
        cpuSeconds,
        other.calls,
        other.dead);
  }

  /** The heartbeat for which {@code pulse} stands: this one with the figures of the pulse. */
  public Heartbeat with(Pulse pulse) {
    return new Heartbeat(
        generation,
        pulse.sequence(),
        pulse.uptimeMillis(),
        Instant.ofEpochMilli(pulse.atMillis()),
        state,
        reason,
        degraded,
        pulse.inFlight(),
        pulse.heapBytes(),
        pulse.cpuSeconds(),
        calls,
        dead);
  }
}
