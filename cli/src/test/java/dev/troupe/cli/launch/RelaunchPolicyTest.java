package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.launch.RelaunchPolicy.Decision;
import dev.troupe.cli.launch.RelaunchPolicy.End;
import dev.troupe.cli.launch.RelaunchPolicy.GiveUp;
import dev.troupe.cli.launch.RelaunchPolicy.Relaunch;
import dev.troupe.cli.launch.RelaunchPolicy.StartFailed;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelaunchPolicyTest {
  static final RestartSettings DEFAULTS = settings(Policy.ALWAYS, 3);

  private static final Duration NOW = Duration.ofHours(1);
  private static final ObservedSeedExit KILLED = exit(137, true, true);

  private final RelaunchPolicy policy = new RelaunchPolicy(settings(Policy.ALWAYS, 5), () -> 0.5);

  @Test
  void anOrderedStopIsTheEnd() {
    assertThat(
            policy.next(
                new ObservedSeedExit(0, true, false, true, Duration.ZERO, false), List.of(), NOW))
        .isEqualTo(End.INSTANCE);
  }

  @Test
  void oneThatAnOperatorReplacesIsFollowedByAnotherWhateverTheBudget() {
    ObservedSeedExit replaced =
        new ObservedSeedExit(137, false, true, true, Duration.ofSeconds(1), true);
    RelaunchPolicy never = new RelaunchPolicy(settings(Policy.NEVER, 0), () -> 0.5);

    assertThat(policy.next(replaced, List.of(NOW, NOW, NOW, NOW, NOW), NOW))
        .isEqualTo(Relaunch.BY_ORDER);
    assertThat(never.next(replaced, List.of(), NOW)).isEqualTo(Relaunch.BY_ORDER);
    assertThat(Relaunch.BY_ORDER.counts()).isFalse();
  }

  @Test
  void theFirstRelaunchIsImmediateAndThenEachWaitsTwiceAsLong() {
    List<Duration> waits = new ArrayList<>();
    List<Duration> relaunches = new ArrayList<>();
    while (policy.next(KILLED, relaunches, NOW) instanceof Relaunch relaunch) {
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
    assertThat(policy.next(KILLED, relaunches, NOW)).isEqualTo(GiveUp.INSTANCE);
  }

  @Test
  void relaunchesOfLongAgoDoNotCount() {
    List<Duration> old = List.of(NOW, NOW, NOW, NOW, NOW);

    Decision later = policy.next(KILLED, old, NOW.plus(Duration.ofSeconds(60)));

    assertThat(later).isEqualTo(new Relaunch(Duration.ZERO, 1));
  }

  @Test
  void oneThatRefusesToStartIsNotStartedAgain() {
    ObservedSeedExit refused = exit(1, false, false);

    assertThat(policy.next(refused, List.of(), NOW)).isEqualTo(StartFailed.INSTANCE);
  }

  @Test
  void oneThatWasKilledWhileItStartedIsStartedAgain() {
    ObservedSeedExit killed = exit(137, false, false);

    assertThat(policy.next(killed, List.of(), NOW)).isInstanceOf(Relaunch.class);
  }

  @Test
  void aClusterThatLivesIsNotGivenUpForOneFailedStart() {
    ObservedSeedExit refused = exit(1, false, true);

    assertThat(policy.next(refused, List.of(), NOW)).isInstanceOf(Relaunch.class);
  }

  @Test
  void aRefusalDuringARelaunchUsesUpTheBudget() {
    ObservedSeedExit refused = exit(1, false, false);

    assertThat(policy.next(refused, List.of(NOW), NOW))
        .isEqualTo(new Relaunch(Duration.ofMillis(500), 2));
  }

  @Test
  void oneThatAnsweredForLongStartsAfresh() {
    ObservedSeedExit exit =
        new ObservedSeedExit(137, false, false, true, Duration.ofSeconds(30), true);

    assertThat(policy.next(exit, List.of(NOW, NOW, NOW, NOW, NOW), NOW))
        .isEqualTo(new Relaunch(Duration.ZERO, 1));
  }

  @Test
  void theSettingsOfAllSlotsHoldForTheSeedNodeToo() {
    RelaunchPolicy never = new RelaunchPolicy(settings(Policy.NEVER, 5), () -> 0.5);
    RelaunchPolicy once = new RelaunchPolicy(settings(Policy.ALWAYS, 1), () -> 0.5);

    assertThat(never.next(KILLED, List.of(), NOW)).isEqualTo(GiveUp.INSTANCE);
    assertThat(once.next(KILLED, List.of(), NOW)).isInstanceOf(Relaunch.class);
    assertThat(once.next(KILLED, List.of(NOW), NOW)).isEqualTo(GiveUp.INSTANCE);
  }

  private static ObservedSeedExit exit(int code, boolean answered, boolean othersLive) {
    return new ObservedSeedExit(code, false, false, answered, Duration.ZERO, othersLive);
  }

  private static RestartSettings settings(Policy policy, int maxRestarts) {
    return new RestartSettings(
        policy,
        maxRestarts,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        0.2);
  }
}
