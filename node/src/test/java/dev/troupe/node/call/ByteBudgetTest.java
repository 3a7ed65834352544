package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ByteBudgetTest {
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final ByteBudget budget = new ByteBudget(100);
  private final List<Runnable> expiries = new ArrayList<>();

  @Test
  void asMuchFitsAsTheLimitSays() {
    assertThat(budget.tryAcquire(60)).isTrue();
    assertThat(budget.tryAcquire(41)).isFalse();
    assertThat(budget.tryAcquire(40)).isTrue();
    assertThat(budget.used()).isEqualTo(100);
    assertThat(budget.refused()).isEqualTo(1);
  }

  @Test
  void thoseWhoWaitAreServedInTheirOrder() {
    budget.tryAcquire(100);
    CompletableFuture<Boolean> large = acquire(80);
    CompletableFuture<Boolean> small = acquire(10);
    budget.release(50);
    assertThat(large).isNotDone();
    assertThat(small).as("the large one is first").isNotDone();
    assertThat(budget.tryAcquire(1)).as("nobody goes first who came later").isFalse();

    budget.release(40);
    assertThat(large).isCompletedWithValue(true);
    assertThat(small).isCompletedWithValue(true);
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void whoWaitsInVainIsToldSoAndMakesWayForTheNext() {
    budget.tryAcquire(90);
    CompletableFuture<Boolean> large = acquire(50);
    CompletableFuture<Boolean> small = acquire(10);

    expiries.get(0).run();

    assertThat(large).isCompletedWithValue(false);
    assertThat(small).isCompletedWithValue(true);
    assertThat(budget.used()).isEqualTo(100);
    expiries.get(1).run();
    assertThat(small).isCompletedWithValue(true);
  }

  @Test
  void whatNeverFitsDoesNotWait() {
    assertThat(acquire(101)).isCompletedWithValue(false);
    assertThat(expiries).isEmpty();
  }

  @Test
  void moreThanWasTakenCannotBeGivenBack() {
    budget.tryAcquire(10);

    assertThatThrownBy(() -> budget.release(11))
        .hasMessage("release of 11 bytes (expected: at most the 10 in use)");
  }

  private CompletableFuture<Boolean> acquire(long bytes) {
    return budget
        .acquire(bytes, WAIT, (delay, expiry) -> expiries.add(expiry))
        .toCompletableFuture();
  }
}
