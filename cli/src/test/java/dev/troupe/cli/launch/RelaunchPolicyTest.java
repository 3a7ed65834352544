package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.launch.RelaunchPolicy.Decision;
import dev.troupe.cli.launch.RelaunchPolicy.End;
import dev.troupe.cli.launch.RelaunchPolicy.GiveUp;
import dev.troupe.cli.launch.RelaunchPolicy.Relaunch;
import dev.troupe.cli.launch.RelaunchPolicy.StartFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelaunchPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final SeedExit KILLED = new SeedExit(137, false, true, true);

  @Test
  void anOrderedStopIsTheEnd() {
    assertThat(RelaunchPolicy.next(new SeedExit(0, true, true, false), List.of(), NOW))
        .isEqualTo(End.INSTANCE);
  }

  @Test
  void theFirstRelaunchIsImmediateAndThenEachWaitsTwiceAsLong() {
    List<Duration> waits = new ArrayList<>();
    List<Instant> relaunches = new ArrayList<>();
    while (RelaunchPolicy.next(KILLED, relaunches, NOW) instanceof Relaunch relaunch) {
      waits.add(relaunch.after());
      relaunches.add(NOW);
    }

    assertThat(waits)
        .containsExactly(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
    assertThat(RelaunchPolicy.next(KILLED, relaunches, NOW)).isEqualTo(GiveUp.INSTANCE);
  }

  @Test
  void relaunchesOfLongAgoDoNotCount() {
    List<Instant> old = List.of(NOW, NOW, NOW, NOW, NOW);

    Decision later = RelaunchPolicy.next(KILLED, old, NOW.plus(RelaunchPolicy.WINDOW));

    assertThat(later).isEqualTo(new Relaunch(Duration.ZERO, 1));
  }

  @Test
  void oneThatRefusesToStartIsNotStartedAgain() {
    SeedExit refused = new SeedExit(1, false, false, false);

    assertThat(RelaunchPolicy.next(refused, List.of(), NOW)).isEqualTo(StartFailed.INSTANCE);
  }

  @Test
  void oneThatWasKilledWhileItStartedIsStartedAgain() {
    SeedExit killed = new SeedExit(137, false, false, false);

    assertThat(RelaunchPolicy.next(killed, List.of(), NOW)).isInstanceOf(Relaunch.class);
  }

  @Test
  void aClusterThatLivesIsNotGivenUpForOneFailedStart() {
    SeedExit refused = new SeedExit(1, false, false, true);

    assertThat(RelaunchPolicy.next(refused, List.of(), NOW)).isInstanceOf(Relaunch.class);
  }

  @Test
  void aRefusalDuringARelaunchUsesUpTheBudget() {
    SeedExit refused = new SeedExit(1, false, false, false);

    assertThat(RelaunchPolicy.next(refused, List.of(NOW), NOW))
        .isEqualTo(new Relaunch(Duration.ofMillis(500), 2));
  }
}
