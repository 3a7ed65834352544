package dev.troupe.protocol.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a slot: one line of {@code run/events.jsonl}.
 *
 * @param slot the name of the service when it is about all of its slots; null only when the cluster
 *     was told of the death of a node whose slot nobody knows
 * @param generation of the process it is about; 0 if it is about none
 * @param pid of that process, if there was one
 * @param readyMillis from launch to ready; only of {@link EventKind#READY}
 * @param exitCode only of {@link EventKind#EXITED}, if it was seen
 * @param signal that ended the process, if one did, like {@code SIGKILL}
 * @param restarts relaunches that count against the budget, this one included
 * @param by who wanted it; null if nobody did, or if it does not matter
 * @param reason in words
 * @param log the last lines the process wrote; only of an exit nobody ordered
 */
public record Event(
    Instant at,
    @Nullable String slot,
    EventKind kind,
    int generation,
    @Nullable Long pid,
    @Nullable String address,
    @Nullable Long readyMillis,
    @Nullable Integer exitCode,
    @Nullable String signal,
    @Nullable Integer restarts,
    @Nullable Initiator by,
    @Nullable String reason,
    List<String> log) {
  /** The file under {@code run}, one event a line, the oldest first. */
  public static final String FILE = "events.jsonl";

  public Event {
    log = List.copyOf(log);
  }

  /** An event of which there is nothing more to say. */
  public static Event of(
      Instant at, @Nullable String slot, EventKind kind, int generation, @Nullable Long pid) {
    return new Event(
        at, slot, kind, generation, pid, null, null, null, null, null, null, null, List.of());
  }

  public Event withAddress(@Nullable String address) {
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        address,
        readyMillis,
        exitCode,
        signal,
        restarts,
        by,
        reason,
        log);
  }

  public Event readyAfter(@Nullable Long millis) {
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        address,
        millis,
        exitCode,
        signal,
        restarts,
        by,
        reason,
        log);
  }

  /**
   * @param log the last lines, if they matter
   */
  public Event exited(@Nullable Integer exitCode, List<String> log) {
    String signal = exitCode == null ? null : Signal.of(exitCode).orElse(null);
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        address,
        readyMillis,
        exitCode,
        signal,
        restarts,
        by,
        reason,
        log);
  }

  public Event counting(int restarts) {
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        address,
        readyMillis,
        exitCode,
        signal,
        restarts,
        by,
        reason,
        log);
  }

  public Event by(@Nullable Initiator initiator) {
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        address,
        readyMillis,
        exitCode,
        signal,
        restarts,
        initiator,
        reason,
        log);
  }

  public Event withReason(@Nullable String reason) {
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        address,
        readyMillis,
        exitCode,
        signal,
        restarts,
        by,
        reason,
        log);
  }
}
