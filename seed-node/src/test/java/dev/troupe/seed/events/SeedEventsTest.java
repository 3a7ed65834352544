package dev.troupe.seed.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.launch.SeedExit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeedEventsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aSeedNodeThatItsLauncherKilledIsToldWithTheReason() {
    SeedExit end =
        new SeedExit(7, 3, AT, 137, Initiator.LAUNCHER, "killed by its launcher", 1, List.of());

    assertThat(SeedEvents.exited("seed-1", end, AT.plusSeconds(1)))
        .isEqualTo(
            Event.of(AT, "seed-1", EventKind.EXITED, 3, 7L)
                .exited(137, List.of())
                .by(Initiator.LAUNCHER)
                .withReason("killed by its launcher"));
  }

  @Test
  void itNeverEndsAfterTheNextOneBegan() {
    SeedExit end = new SeedExit(7, 3, AT, 137, null, null, 1, List.of());

    assertThat(SeedEvents.exited("seed-1", end, AT.minusMillis(300)).at())
        .isEqualTo(AT.minusMillis(300));
  }

  @Test
  void aSeedNodeThatEndedOtherwiseIsToldByWhatIsKnownOfIt() {
    SeedExit end =
        new SeedExit(7, 3, AT, 81, null, null, 1, List.of("starting", "troupe-exit 81: registry"));

    assertThat(SeedEvents.reason(end))
        .isEqualTo("an actor the node cannot do without stopped (exit code 81): registry");
    assertThat(SeedEvents.exited("seed-1", end, AT).by()).isNull();
    assertThat(SeedEvents.exited("seed-1", end, AT).log()).hasSize(2);
  }
}
