package dev.troupe.seed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RootCausesTest {
  private static final RootCauses CAUSES =
      new RootCauses(
          Map.of("Orders", List.of("Users"), "Users", List.of("Store"), "Loop", List.of("Loop")));

  private static Problem problem(AlertKind kind, String service) {
    return new Problem(kind, service, service + "-1", "text");
  }

  @Test
  void aFailedSlotExplainsWhatCallersOfItsServiceSee() {
    Problem failed = problem(AlertKind.SLOT_FAILED, "Users");

    assertThat(
            CAUSES.of(
                List.of(
                    failed,
                    problem(AlertKind.BREAKER_OPEN, "Users"),
                    problem(AlertKind.UNHEALTHY, "Orders"),
                    problem(AlertKind.ERRORS, "Orders"))))
        .containsExactly(failed);
  }

  @Test
  void theServiceThatAllNeedIsTheCauseOfTheSameProblem() {
    Problem store = problem(AlertKind.UNHEALTHY, "Store");

    assertThat(
            CAUSES.of(
                List.of(
                    problem(AlertKind.UNHEALTHY, "Orders"),
                    problem(AlertKind.UNHEALTHY, "Users"),
                    store)))
        .containsExactly(store);
  }

  @Test
  void independentProblemsAreAllCauses() {
    List<Problem> problems =
        List.of(
            problem(AlertKind.SLOT_FAILED, "Users"),
            problem(AlertKind.SLOT_FAILED, "Orders"),
            problem(AlertKind.UNHEALTHY, "Loop"),
            problem(AlertKind.UNHEALTHY, "Store"),
            problem(AlertKind.DISK_FULL, "disk"));

    assertThat(CAUSES.of(problems)).isEqualTo(problems);
  }
}
