package dev.troupe.seed.traces;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the latest processes of all slots ended, as the journal has it. */
final class KnownExits {
  private static final int MOST = 1000;

  private final Map<ProcessOfSlot, Exited> exits =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ProcessOfSlot, Exited> eldest) {
          return size() > MOST;
        }
      };

  private record ProcessOfSlot(String slot, int generation) {}

  /**
   * The end of a process.
   *
   * @param reason for people to read
   */
  record Exited(Instant at, String reason) {}

  void add(Event event) {
    if (event.kind() == EventKind.EXITED && event.slot() != null) {
      String reason = event.reason() == null ? "nobody saw why" : event.reason();
      exits.put(
          new ProcessOfSlot(event.slot(), event.generation()), new Exited(event.at(), reason));
    }
  }

  Optional<Exited> find(String slot, int generation) {
    return Optional.ofNullable(exits.get(new ProcessOfSlot(slot, generation)));
  }
}
