package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.seed.process.Exit;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a budget of 3 relaunches in 60 s, begun anew after 30 s of readiness. */
final class RestartPolicyTest {
  private static final Duration NOW = Duration.ofHours(1);
  private static final Optional<Duration> NEVER_READY = Optional.empty();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void alwaysRelaunchesAfterEveryExit(boolean failed) {
    assertThat(next(Policy.ALWAYS, failed, LaunchHistory.of(0)))
        .isEqualTo(
            new RestartPolicy.Relaunch(
                Duration.ZERO, LaunchHistory.of(0).withRelaunches(List.of(NOW))));
  }

  @Test
  void onFailureRelaunchesAfterAFailureOnly() {
    assertThat(next(Policy.ON_FAILURE, true, LaunchHistory.of(0)))
        .isInstanceOf(RestartPolicy.Relaunch.class);
    assertThat(next(Policy.ON_FAILURE, false, LaunchHistory.of(0)))
        .isEqualTo(RestartPolicy.Rest.INSTANCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neverRelaunchesAfterNoExit(boolean failed) {
    assertThat(next(Policy.NEVER, failed, LaunchHistory.of(0)))
        .isEqualTo(RestartPolicy.Rest.INSTANCE);
  }

  @Test
  void theWaitGrowsWithTheRelaunchesThatCount() {
    assertThat(relaunch(ago(50)).delay()).isEqualTo(Duration.ofMillis(500));
    assertThat(relaunch(ago(50, 20)).delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aSpentBudgetIsGivenUpWithTheNumbers() {
    assertThat(next(Policy.ALWAYS, true, ago(59, 30, 1)))
        .isEqualTo(
            new RestartPolicy.GiveUp(
                new GiveUpReason.BudgetSpent(3, Optional.of(SlotFixture.WINDOW))));
  }

  @Test
  void aRefusalIsGivenUpAtOnceUnlessNothingIsRelaunchedAnyway() {
    LaunchHistory refused =
        LaunchHistory.of(1)
            .ended(
                TestStates.process(1, 7),
                new ExitReason.Ended(new Exit(NodeExit.START_REFUSED.code(), List.of())));

    assertThat(next(Policy.ALWAYS, true, refused))
        .isEqualTo(new RestartPolicy.GiveUp(GiveUpReason.Refused.INSTANCE));
    assertThat(next(Policy.ON_FAILURE, true, refused))
        .isEqualTo(new RestartPolicy.GiveUp(GiveUpReason.Refused.INSTANCE));
    assertThat(next(Policy.NEVER, true, refused)).isEqualTo(RestartPolicy.Rest.INSTANCE);
  }

  @Test
  void theWindowSlides() {
    RestartPolicy.Relaunch relaunch =
        (RestartPolicy.Relaunch)
            policy(Policy.ALWAYS)
                .next(true, Optional.of(Duration.ofSeconds(1)), ago(60, 30, 1), NOW, 0.5);

    assertThat(relaunch.delay()).as("after two that count").isEqualTo(Duration.ofSeconds(1));
    assertThat(relaunch.history().relaunches())
        .containsExactly(NOW.minusSeconds(30), NOW.minusSeconds(1), NOW);
  }

  @Test
  void whatTakesLongerThanTheWindowNotToGetReadyIsGivenUpToo() {
    assertThat(next(Policy.ALWAYS, true, ago(180, 120))).isInstanceOf(RestartPolicy.Relaunch.class);
    assertThat(next(Policy.ALWAYS, true, ago(180, 120, 60)))
        .isEqualTo(new RestartPolicy.GiveUp(new GiveUpReason.BudgetSpent(3, Optional.empty())));
  }

  @Test
  void longReadinessGivesTheWholeBudgetBack() {
    RestartPolicy.Decision decision =
        policy(Policy.ALWAYS)
            .next(true, Optional.of(Duration.ofSeconds(30)), ago(59, 58, 57), NOW, 0.5);

    assertThat(decision)
        .isEqualTo(
            new RestartPolicy.Relaunch(
                Duration.ZERO, LaunchHistory.of(0).withRelaunches(List.of(NOW))));
  }

  @Test
  void shortReadinessGivesNothingBack() {
    RestartPolicy.Decision decision =
        policy(Policy.ALWAYS)
            .next(true, Optional.of(Duration.ofMillis(29_999)), ago(59, 58, 57), NOW, 0.5);

    assertThat(decision).isInstanceOf(RestartPolicy.GiveUp.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Policy.class,
      names = {"ALWAYS", "ON_FAILURE"})
  void aServiceThatCrashesAtOnceIsRelaunchedAsOftenAsTheBudgetAllows(Policy kind) {
    LaunchHistory history = LaunchHistory.of(0);
    int relaunches = 0;
    while (next(kind, true, history) instanceof RestartPolicy.Relaunch relaunch) {
      history = relaunch.history();
      relaunches++;
    }
    assertThat(relaunches).isEqualTo(SlotFixture.MAX_RESTARTS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void theFirstRelaunchDoesNotWait(double random) {
    assertThat(delay(0, 0.2, random)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "8, 30000", "900, 30000"})
  void eachWaitIsTwiceTheLastUpToTheLongest(int earlier, long millis) {
    assertThat(delay(earlier, 0, 0.5)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void jitterSpreadsAWaitToBothSidesButNotBeyondTheLongest() {
    assertThat(delay(2, 0.2, 0)).isEqualTo(Duration.ofMillis(800));
    assertThat(delay(2, 0.2, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(delay(2, 0.2, 1)).isEqualTo(Duration.ofMillis(1200));
    assertThat(delay(20, 0.2, 1)).isEqualTo(Duration.ofSeconds(30));
  }

  private static Duration delay(int earlier, double jitter, double random) {
    RestartPolicy patient =
        new RestartPolicy(
            new RestartSettings(
                Policy.ALWAYS,
                1000,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                jitter));
    LaunchHistory history = LaunchHistory.of(0).withRelaunches(Collections.nCopies(earlier, NOW));
    return ((RestartPolicy.Relaunch) patient.next(true, NEVER_READY, history, NOW, random)).delay();
  }

  private static RestartPolicy.Decision next(Policy kind, boolean failed, LaunchHistory history) {
    return policy(kind).next(failed, NEVER_READY, history, NOW, 0.5);
  }

  private static RestartPolicy.Relaunch relaunch(LaunchHistory history) {
    return (RestartPolicy.Relaunch) next(Policy.ALWAYS, true, history);
  }

  private static RestartPolicy policy(Policy kind) {
    return new RestartPolicy(SlotFixture.restart(kind));
  }

  private static LaunchHistory ago(int... seconds) {
    LaunchHistory history = LaunchHistory.of(0);
    for (int second : seconds) {
      history = history.relaunchedAt(NOW.minusSeconds(second));
    }
    return history;
  }
}
