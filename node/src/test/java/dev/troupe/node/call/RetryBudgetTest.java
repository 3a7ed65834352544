package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.CallReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void allThatOneInstanceMayHaveInFlightFitsIntoItFromTheStart() {
    RetryBudget budget = new RetryBudget(Calls.LENIENT, 0);

    assertThat(taken(budget, 2000, 0)).isEqualTo(Calls.LENIENT.maxInFlight());
  }

  @Test
  void callsAddTheirShare() {
    RetryBudget budget = new RetryBudget(Calls.retrying(0.2, 0), 0);
    taken(budget, 2, 0);

    for (int call = 0; call < 6; call++) {
      budget.onCall();
    }

    assertThat(taken(budget, 10, 0)).isEqualTo(1);
  }

  @Test
  void secondsAddTheirs() {
    RetryBudget budget = new RetryBudget(Calls.retrying(0, 4), 0);
    taken(budget, 2, 0);

    assertThat(taken(budget, 10, SECOND / 8)).isZero();
    assertThat(taken(budget, 10, SECOND / 2)).isEqualTo(2);
  }

  @Test
  void noMoreIsSavedUpThanOneInstanceMayHaveInFlight() {
    RetryBudget budget = new RetryBudget(Calls.retrying(1, 1000), 0);
    for (int call = 0; call < 100; call++) {
      budget.onCall();
    }

    assertThat(taken(budget, 100, 1000 * SECOND)).isEqualTo(2);
  }

  @Test
  void oneToWhichNothingIsEverAddedAllowsNothing() {
    assertThat(taken(new RetryBudget(Calls.retrying(0, 0), 0), 10, SECOND)).isZero();
  }

  @Test
  void theReportHasWhatIsLeft() {
    RetryBudget budget = new RetryBudget(Calls.retrying(0, 1), 0);
    assertThat(taken(budget, 3, 0)).isEqualTo(2);

    assertThat(budget.report(SECOND)).isEqualTo(new CallReport.RetryBudget(2, 1, 1));
  }

  @Test
  void aCallThatAsksAgainIsRefusedOnce() {
    RetryBudget budget = new RetryBudget(Calls.retrying(0, 0), 0);
    PendingCall stays = Calls.pending("r1");

    assertThat(budget.take(stays, 0)).isFalse();
    assertThat(budget.take(stays, 0)).isFalse();
    assertThat(budget.take(Calls.pending("r2"), 0)).isFalse();

    assertThat(budget.report(0)).isEqualTo(new CallReport.RetryBudget(0, 2, 0));
  }

  private static int taken(RetryBudget budget, int attempts, long nowNanos) {
    int taken = 0;
    for (int attempt = 0; attempt < attempts; attempt++) {
      if (budget.take(Calls.pending("r" + attempt), nowNanos)) {
        taken++;
      }
    }
    return taken;
  }
}
