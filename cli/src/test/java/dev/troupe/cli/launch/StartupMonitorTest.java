package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.display.Slots;
import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupMonitorTest {
  private final StringWriter written = new StringWriter();
  private Duration now = Duration.ZERO;
  private final StartupMonitor startup =
      new StartupMonitor(
          new StatusDisplay(new PrintWriter(written), Optional.empty(), Clock.systemUTC()),
          "hint",
          () -> Optional.of("dashboard"),
          Map.of("B", List.of("A"), "C", List.of("B"), "D", List.of()),
          Duration.ofSeconds(60),
          () -> now);

  @Test
  void aStartIsOverWhenWhatOthersWaitForHasFailed() {
    see(
        Slots.running("seed-1", 1),
        Slots.failed("A-1"),
        Slots.pending("B-1"),
        Slots.pending("C-1"));

    assertThat(startup.isOver()).isTrue();
    assertThat(written.toString())
        .contains("A-1 failed (restarted 3 times in 60 s)", "B-1 waits for A", "C-1 waits for B");
  }

  @Test
  void whatRunsIsSaidToBeLeftRunning() {
    see(Slots.running("gateway-1", 2), Slots.failed("A-1"), Slots.pending("B-1"));

    assertThat(written.toString())
        .containsSubsequence("What runs is left running", "dashboard", "hint");
  }

  @Test
  void aStartGoesOnWhileAnythingStarts() {
    see(Slots.failed("A-1"), Slots.pending("B-1"), Slots.launching("D-1", 4));
    assertThat(startup.isOver()).isFalse();

    see(Slots.launching("A-1", 3), Slots.failed("A-2"), Slots.pending("B-1"));
    assertThat(startup.isOver()).as("one of two instances may still do").isFalse();
  }

  @Test
  void aStartIsOverWhenWhatIsUnhealthyDoesNotHealSoon() {
    SlotStatus[] slots = {
      Slots.running("seed-1", 1), Slots.unhealthy("A-1", 3, "no database"), Slots.pending("B-1")
    };
    see(slots);
    now = now.plusSeconds(14);
    see(slots);
    assertThat(startup.isOver()).as("it may still heal").isFalse();

    now = now.plusSeconds(2);
    see(slots);

    assertThat(startup.isOver()).isTrue();
    assertThat(written.toString())
        .contains("incomplete after 16.0 s: A-1 is unhealthy (no database); B-1 waits for A");
  }

  @Test
  void aStartGoesOnWhenSomethingStartsBesideWhatIsUnhealthy() {
    see(Slots.unhealthy("A-1", 3, "no database"));
    now = now.plusSeconds(10);
    see(Slots.unhealthy("A-1", 3, "no database"), Slots.launching("D-1", 4));
    now = now.plusSeconds(10);
    see(Slots.unhealthy("A-1", 3, "no database"));

    assertThat(startup.isOver()).isFalse();
  }

  @Test
  void onlyAStartWithoutFailuresAndWaitersIsComplete() {
    assertThat(StartupMonitor.isComplete(status(Slots.running("A-1", 3)))).isTrue();
    assertThat(StartupMonitor.isComplete(status(Slots.failed("A-1")))).isFalse();
    assertThat(StartupMonitor.isComplete(status(Slots.pending("B-1")))).isFalse();
    assertThat(StartupMonitor.isComplete(status(Slots.unhealthy("A-1", 3, "x")))).isFalse();
  }

  private void see(SlotStatus... slots) {
    startup.onStatus(status(slots));
  }

  private static ClusterStatus status(SlotStatus... slots) {
    return new ClusterStatus(null, List.of(slots));
  }
}
