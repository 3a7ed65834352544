package dev.troupe.protocol.control;

import java.util.List;

/**
 * How the ordered stop of all slots ended.
 *
 * @param stopped slots whose process ended after TERM, like {@code UserService-1 (pid 4711)}
 * @param killed slots whose process did not end within drain timeout and grace, and got KILL
 * @param remaining slots whose process is still there even after KILL
 */
public record StopResult(List<String> stopped, List<String> killed, List<String> remaining) {
  public StopResult {
    stopped = List.copyOf(stopped);
    killed = List.copyOf(killed);
    remaining = List.copyOf(remaining);
  }

  /** Whether each process ended by itself. */
  public boolean isOrderly() {
    return killed.isEmpty() && remaining.isEmpty();
  }
}
