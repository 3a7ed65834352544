package dev.troupe.seed.events;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owns what the journal says of the dead: that the cluster was told of each, once. A slot tells the
 * cluster first and its watcher then, but in the journal the exit comes first.
 */
final class DownEventDeduplicator {
  // Whoever is forgotten is at worst reported twice.
  private static final int MOST_REMEMBERED = 1000;

  private final Set<String> living = new HashSet<>();
  private final Set<String> early = new HashSet<>();
  private final Map<String, Event> dead = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /** A process lives at {@code address}. */
  void lives(String address) {
    living.add(address);
    dead.remove(address);
    told.remove(address);
  }

  /** The process at {@code address} is one of this slot, as far as anybody knows. */
  void belongs(String address, String slot, int generation, @Nullable Long pid) {
    if (dead.size() < MOST_REMEMBERED) {
      dead.putIfAbsent(address, Event.of(Instant.EPOCH, slot, EventKind.EXITED, generation, pid));
    }
  }

  /**
   * The process at {@code address} is gone.
   *
   * @return that the cluster was told, if it was told already
   */
  Optional<Event> dies(String address, Event exited) {
    living.remove(address);
    if (dead.size() >= MOST_REMEMBERED) {
      dead.clear();
    }
    dead.put(address, exited);
    return early.remove(address) ? told(address, exited.at()) : Optional.empty();
  }

  /**
   * The cluster was told, perhaps not for the first time.
   *
   * @return what to report, unless it was reported before or the exit is still to come
   */
  Optional<Event> told(String address, Instant at) {
    if (living.contains(address)) {
      early.add(address);
      return Optional.empty();
    }
    if (told.size() >= MOST_REMEMBERED) {
      told.clear();
    }
    return told.add(address) ? Optional.of(down(address, at)) : Optional.empty();
  }

  private Event down(String address, Instant at) {
    Event exited = dead.get(address);
    Event down =
        exited == null
            ? Event.of(at, null, EventKind.DOWN, 0, null)
            : Event.of(at, exited.slot(), EventKind.DOWN, exited.generation(), exited.pid());
    return down.withAddress(address);
  }
}
