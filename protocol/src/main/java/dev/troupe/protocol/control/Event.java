package dev.troupe.protocol.control;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a slot: one line of {@code run/events.jsonl}.
 *
 * @param slot the name of the slot, or of the service if the event concerns all of its slots; null
 *     only if the cluster was told of the death of a node whose slot is unknown
 * @param generation of the process that the event concerns; 0 if it concerns none
 * @param pid of that process
 * @param readyMillis from launch to ready; only of {@link EventKind#READY}
 * @param exitCode only of {@link EventKind#EXITED}, if it was seen
 * @param signal that ended the process, if one did, like {@code SIGKILL}
 * @param restarts relaunches that count against the budget, this one included
 * @param by who caused it; null if nobody did, or if it does not matter
 * @param reason in words
 * @param log the last lines the process wrote; only of an exit that nobody ordered
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

  /** An event without any of the optional components. */
  public static Event of(
      Instant at, @Nullable String slot, EventKind kind, int generation, @Nullable Long pid) {
    return new Event(
        at, slot, kind, generation, pid, null, null, null, null, null, null, null, List.of());
  }

  public Event withAddress(@Nullable String address) {
    return changed(copy -> copy.address = address);
  }

  public Event readyAfter(@Nullable Long millis) {
    return changed(copy -> copy.readyMillis = millis);
  }

  /**
   * @param exitCode null if nobody saw it; an exit code of a signal gives the signal as well
   * @param log the last lines that the process wrote; empty if the exit was ordered
   */
  public Event exited(@Nullable Integer exitCode, List<String> log) {
    return changed(
        copy -> {
          copy.exitCode = exitCode;
          copy.signal = exitCode == null ? null : Signal.of(exitCode).orElse(null);
          copy.log = log;
        });
  }

  public Event counting(int restarts) {
    return changed(copy -> copy.restarts = restarts);
  }

  public Event by(@Nullable Initiator initiator) {
    return changed(copy -> copy.by = initiator);
  }

  public Event withReason(@Nullable String reason) {
    return changed(copy -> copy.reason = reason);
  }

  private Event changed(Consumer<Copy> change) {
    Copy copy = new Copy();
    change.accept(copy);
    return new Event(
        at,
        slot,
        kind,
        generation,
        pid,
        copy.address,
        copy.readyMillis,
        copy.exitCode,
        copy.signal,
        copy.restarts,
        copy.by,
        copy.reason,
        copy.log);
  }

  /** The components that a copy of this event may change. */
  private final class Copy {
    private @Nullable String address = Event.this.address;
    private @Nullable Long readyMillis = Event.this.readyMillis;
    private @Nullable Integer exitCode = Event.this.exitCode;
    private @Nullable String signal = Event.this.signal;
    private @Nullable Integer restarts = Event.this.restarts;
    private @Nullable Initiator by = Event.this.by;
    private @Nullable String reason = Event.this.reason;
    private List<String> log = Event.this.log;
  }
}
