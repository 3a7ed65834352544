package dev.troupe.service.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderStatusTest {
  @ParameterizedTest
  @CsvSource({
    "CREATED,   CREATED,   false",
    "CREATED,   CANCELLED, true",
    "CANCELLED, CREATED,   false",
    "CANCELLED, CANCELLED, false"
  })
  void anOrderIsCancelledOnceAndForGood(OrderStatus from, OrderStatus to, boolean allowed) {
    assertThat(from.mayBecome(to)).isEqualTo(allowed);
  }
}
