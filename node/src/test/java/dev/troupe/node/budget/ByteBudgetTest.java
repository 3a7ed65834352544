package dev.troupe.node.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ByteBudgetTest {
  private static final Duration WAIT = Duration.ofNanos(10);

  private final ByteBudget budget = new ByteBudget(100);
  private final List<String> heard = new ArrayList<>();

  @Test
  void asMuchFitsAsTheLimitSays() {
    assertThat(budget.tryAcquire(60)).isTrue();
    assertThat(budget.tryAcquire(41)).isFalse();
    assertThat(budget.tryAcquire(40)).isTrue();
    assertThat(take(claim("a"), 1)).isFalse();
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void thoseWhoWaitAreServedInTheirOrder() {
    budget.tryAcquire(100);
    take(claim("large"), 80);
    take(claim("small"), 10);
    budget.release(50);
    assertThat(heard).as("the large one is first").isEmpty();
    assertThat(budget.tryAcquire(1)).as("nobody goes first who came later").isFalse();

    budget.release(40);
    assertThat(heard).containsExactly("large granted", "small granted");
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void whoWaitsTooLongIsRefusedAndMakesWayForTheNext() {
    budget.tryAcquire(90);
    claim("large").take(50, WAIT, 0);
    claim("small").take(10, WAIT, 5);

    budget.expire(9);
    assertThat(heard).isEmpty();
    budget.expire(10);
    assertThat(heard).containsExactly("large refused", "small granted");
    assertThat(budget.used()).isEqualTo(100);
    budget.expire(1000);
    assertThat(heard).hasSize(2);
  }

  @Test
  void oneThatHoldsAPartMayOverdrawButOnlyOne() {
    ByteBudget.Claim first = claim("a");
    ByteBudget.Claim second = claim("b");
    take(first, 60);
    take(second, 40);

    assertThat(take(first, 60)).isTrue();
    assertThat(take(first, 60)).isTrue();
    assertThat(take(second, 1)).isFalse();

    first.release();
    assertThat(heard).containsExactly("b granted");
    assertThat(take(second, 100)).as("now it may").isTrue();
  }

  @Test
  void whoHoldsNothingDoesNotOverdraw() {
    take(claim("a"), 60);

    assertThat(take(claim("b"), 60)).isFalse();
  }

  @Test
  void whatIsLargerThanTheBudgetIsHadAlone() {
    ByteBudget.Claim first = claim("a");
    take(first, 1);
    ByteBudget.Claim large = claim("large");
    assertThat(take(large, 500)).isFalse();

    first.release();

    assertThat(heard).containsExactly("large granted");
    assertThat(take(claim("b"), 1)).isFalse();
  }

  @Test
  void whoBeganFirstIsServedFirst() {
    ByteBudget.Claim first = claim("a");
    take(first, 50);
    take(claim("b"), 50);
    ByteBudget.Claim overdraws = claim("c");
    take(overdraws, 50);
    take(first, 40);
    assertThat(budget.used()).as("the one in front may overdraw").isEqualTo(140);

    first.release();
    assertThat(heard).containsExactly("c granted");
  }

  @Test
  void whoHasGoneWaitsNoLonger() {
    ByteBudget.Claim first = claim("a");
    ByteBudget.Claim second = claim("b");
    take(first, 100);
    take(second, 10);
    assertThat(budget.isAnyoneWaiting()).isTrue();
    second.release();
    first.release();
    budget.expire(100);

    assertThat(heard).isEmpty();
    assertThat(budget.used()).isZero();
    assertThat(budget.isAnyoneWaiting()).isFalse();
  }

  @Test
  void moreThanWasTakenCannotBeGivenBack() {
    budget.tryAcquire(10);

    assertThatThrownBy(() -> budget.release(11))
        .hasMessage("release of 11 bytes (expected: at most the 10 in use)");
  }

  private boolean take(ByteBudget.Claim claim, long bytes) {
    return claim.take(bytes, WAIT, 0);
  }

  private ByteBudget.Claim claim(String name) {
    return budget.claim(() -> heard.add(name + " granted"), () -> heard.add(name + " refused"));
  }
}
