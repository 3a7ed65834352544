package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StartOrderTest {
  @Test
  void theIndependentComeInTheOrderOfTheirNames() {
    assertThat(StartOrder.of(Map.of("C", List.of(), "A", List.of(), "B", List.of())).order())
        .containsExactly("A", "B", "C");
    assertThat(StartOrder.of(Map.of()).order()).isEmpty();
  }

  @Test
  void whatMoreDependOnComesFirst() {
    assertThat(
            StartOrder.of(
                    Map.of("A", List.of(), "B", List.of("D"), "C", List.of("D"), "D", List.of()))
                .order())
        .containsExactly("D", "A", "B", "C");
  }

  @Test
  void aDiamondIsNoCircle() {
    StartOrder.Result result =
        StartOrder.of(
            Map.of("A", List.of("B", "C"), "B", List.of("D"), "C", List.of("D"), "D", List.of()));

    assertThat(result.cycle()).isEmpty();
    assertThat(result.order()).containsExactly("D", "B", "C", "A");
  }

  @Test
  void aCircleIsGivenFromItsFirstToItsFirst() {
    StartOrder.Result result =
        StartOrder.of(
            Map.of("A", List.of("B"), "B", List.of("C"), "C", List.of("D"), "D", List.of("B")));

    assertThat(result.order()).isEmpty();
    assertThat(result.cycle()).containsExactly("B", "C", "D", "B");
  }
}
