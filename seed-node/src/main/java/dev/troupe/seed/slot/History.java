package dev.troupe.seed.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The relaunches of a slot that still count.
 *
 * @param relaunches when each was decided, oldest first
 */
record History(List<Instant> relaunches) {
  static final History NONE = new History(List.of());

  History {
    relaunches = List.copyOf(relaunches);
  }

  History plus(Instant relaunch) {
    return new History(Stream.concat(relaunches.stream(), Stream.of(relaunch)).toList());
  }

  History within(Duration window, Instant now) {
    Instant from = now.minus(window);
    return new History(relaunches.stream().filter(at -> at.isAfter(from)).toList());
  }

  int size() {
    return relaunches.size();
  }
}
