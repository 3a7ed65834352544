package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;

/**
 * The figures of a {@link Heartbeat} that change all the time. Each node gets one of each instance
 * each second in which nothing else about it has changed.
 *
 * @param slot of the instance
 * @param generation of the slot
 * @param sequence that of the heartbeat for which the pulse stands
 * @param uptimeMillis since the process began to send heartbeats, by its monotonic clock
 * @param atMillis the time of day when it was sent, in epoch milliseconds, for people to read
 * @param inFlight requests taken and not yet answered
 * @param heapBytes heap in use
 * @param cpuSeconds CPU time of the process since its start
 */
public record Pulse(
    String slot,
    int generation,
    long sequence,
    long uptimeMillis,
    long atMillis,
    int inFlight,
    long heapBytes,
    double cpuSeconds)
    implements PulseMessage, WireMessage {}
