package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalPositionTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final Instant LATE = EARLY.plusSeconds(1);

  @Test
  void eventsOfOneTimeHavePositionsOfTheirOwn() {
    JournalPosition first = JournalPosition.BEGIN.next(EARLY);
    List<Event> events = List.of(event("A-1", EARLY), event("B-1", EARLY), event("C-1", LATE));

    assertThat(first.after(events))
        .extracting(positioned -> positioned.event().slot())
        .containsExactly("B-1", "C-1");
    assertThat(first.next(EARLY).after(events))
        .extracting(JournalPosition.Positioned::position)
        .containsExactly(first.next(LATE));
  }

  @Test
  void whatIsWrittenIsRead() {
    JournalPosition position = JournalPosition.BEGIN.next(EARLY).next(EARLY);

    assertThat(JournalPosition.parse(position.text())).contains(position);
    assertThat(JournalPosition.parse("17")).isEmpty();
    assertThat(JournalPosition.parse("now_1")).isEmpty();
    assertThat(JournalPosition.parse("2026-01-01T00:00:00Z_x")).isEmpty();
  }

  private static Event event(String slot, Instant at) {
    return Event.of(at, slot, EventKind.READY, 1, 1L);
  }
}
