package dev.troupe.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLineTest {
  private static final Instant AT = Instant.parse("2026-01-02T10:01:58.123Z");

  @Test
  void anEventIsTimeSlotWhatAndDetails() {
    assertThat(line(event(EventKind.LAUNCHED, 7L)))
        .isEqualTo("2026-01-02 10:01:58.123  UserService-1  launched       pid 7, generation 2");
    assertThat(line(event(EventKind.READY, 7L).readyAfter(3440L)))
        .endsWith("  ready          pid 7, generation 2, after 3.4 s");
    assertThat(line(event(EventKind.EXITED, 7L).exited(137, List.of("x")).withReason("killed")))
        .endsWith("  exited         pid 7, generation 2: killed");
    assertThat(line(event(EventKind.RELAUNCHING, null).counting(1).withReason("killed")))
        .endsWith("  relaunching    generation 2, relaunch 1");
    assertThat(line(event(EventKind.RELAUNCHING, null).counting(0).by(Initiator.OPERATOR)))
        .endsWith("  relaunching    generation 2: by order");
    assertThat(line(event(EventKind.FAILED, null).counting(3).withReason("gave up\nmore")))
        .endsWith("  failed         gave up");
    assertThat(line(event(EventKind.STOPPED, null).withReason("by order")))
        .endsWith("  stopped        by order");
  }

  @Test
  void aNodeOfNoKnownSlotHasNone() {
    Event down = Event.of(AT, null, EventKind.DOWN, 0, null).withAddress("pekko://a@b:1");

    assertThat(line(down))
        .isEqualTo(
            "2026-01-02 10:01:58.123  -              down           "
                + "the cluster was told that pekko://a@b:1 is down");
  }

  private static Event event(EventKind kind, Long pid) {
    return Event.of(AT, "UserService-1", kind, 2, pid);
  }

  private static String line(Event event) {
    return EventLine.of(event, 13, ZoneOffset.UTC);
  }
}
