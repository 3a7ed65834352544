package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputBudgetTest {
  private final InputBudget budget = new InputBudget(100, 10);
  private final List<String> heard = new ArrayList<>();

  @Test
  void whatFitsIsGivenAtOnce() {
    assertThat(claim("a").take(60, 0)).isTrue();
    assertThat(claim("b").take(40, 0)).isTrue();
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void onlyOneMayOverdraw() {
    InputBudget.Claim first = claim("a");
    InputBudget.Claim second = claim("b");
    first.take(60, 0);
    second.take(40, 0);

    assertThat(first.take(60, 0)).isTrue();
    assertThat(first.take(60, 0)).isTrue();
    assertThat(second.take(1, 0)).isFalse();
  }

  @Test
  void whoWaitsIsServedWhenRoomIsGivenBackTheOldestFirst() {
    InputBudget.Claim first = claim("a");
    InputBudget.Claim second = claim("b");
    InputBudget.Claim third = claim("c");
    first.take(150, 0);
    second.take(1, 0);
    third.take(100, 0);

    first.release();

    assertThat(heard).containsExactly("b granted", "c granted");
  }

  @Test
  void whoWaitsTooLongIsRefused() {
    claim("a").take(150, 0);
    claim("b").take(10, 5);

    budget.expire(14);
    assertThat(heard).isEmpty();
    budget.expire(15);
    assertThat(heard).containsExactly("b refused");
    assertThat(budget.used()).isEqualTo(150);
  }

  @Test
  void whoHasGoneWaitsNoLonger() {
    InputBudget.Claim first = claim("a");
    InputBudget.Claim second = claim("b");
    first.take(150, 0);
    second.take(10, 0);
    second.release();
    first.release();
    budget.expire(100);

    assertThat(heard).isEmpty();
    assertThat(budget.used()).isZero();
  }

  private InputBudget.Claim claim(String name) {
    return budget.claim(() -> heard.add(name + " granted"), () -> heard.add(name + " refused"));
  }
}
