package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.settings.RestartSettings.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a budget of 3 relaunches in 60 s, begun anew after 30 s of readiness. */
final class RestartPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<Duration> NEVER_READY = Optional.empty();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void alwaysRelaunchesAfterEveryExit(boolean failed) {
    assertThat(next(Policy.ALWAYS, failed, History.NONE))
        .isEqualTo(new RestartPolicy.Relaunch(Duration.ZERO, new History(List.of(NOW))));
  }

  @Test
  void onFailureRelaunchesAfterAFailureOnly() {
    assertThat(next(Policy.ON_FAILURE, true, History.NONE))
        .isInstanceOf(RestartPolicy.Relaunch.class);
    assertThat(next(Policy.ON_FAILURE, false, History.NONE)).isEqualTo(new RestartPolicy.Rest());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neverRelaunchesAfterNoExit(boolean failed) {
    assertThat(next(Policy.NEVER, failed, History.NONE)).isEqualTo(new RestartPolicy.Rest());
  }

  @Test
  void theWaitGrowsWithTheRelaunchesThatCount() {
    assertThat(relaunch(ago(50)).delay()).isEqualTo(Duration.ofMillis(500));
    assertThat(relaunch(ago(50, 20)).delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aSpentBudgetIsGivenUpWithTheNumbers() {
    assertThat(next(Policy.ALWAYS, true, ago(59, 30, 1)))
        .isEqualTo(new RestartPolicy.GiveUp("gave up after 3 relaunches in 60 s"));
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
        .isEqualTo(new RestartPolicy.GiveUp("gave up after 3 relaunches without getting ready"));
  }

  @Test
  void longReadinessGivesTheWholeBudgetBack() {
    RestartPolicy.Decision decision =
        policy(Policy.ALWAYS)
            .next(true, Optional.of(Duration.ofSeconds(30)), ago(59, 58, 57), NOW, 0.5);

    assertThat(decision)
        .isEqualTo(new RestartPolicy.Relaunch(Duration.ZERO, new History(List.of(NOW))));
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
    History history = History.NONE;
    int relaunches = 0;
    while (next(kind, true, history) instanceof RestartPolicy.Relaunch relaunch) {
      history = relaunch.history();
      relaunches++;
    }
    assertThat(relaunches).isEqualTo(SlotFixture.MAX_RESTARTS);
  }

  private static RestartPolicy.Decision next(Policy kind, boolean failed, History history) {
    return policy(kind).next(failed, NEVER_READY, history, NOW, 0.5);
  }

  private static RestartPolicy.Relaunch relaunch(History history) {
    return (RestartPolicy.Relaunch) next(Policy.ALWAYS, true, history);
  }

  private static RestartPolicy policy(Policy kind) {
    return new RestartPolicy(SlotFixture.restart(kind));
  }

  private static History ago(int... seconds) {
    History history = History.NONE;
    for (int second : seconds) {
      history = history.plus(NOW.minusSeconds(second));
    }
    return history;
  }
}
