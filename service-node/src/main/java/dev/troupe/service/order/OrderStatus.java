package dev.troupe.service.order;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The state of an order, and the states that may follow it. */
enum OrderStatus {
  CREATED,
  /** Final. */
  CANCELLED;

  private static final Map<OrderStatus, Set<OrderStatus>> NEXT =
      Map.of(CREATED, Set.of(CANCELLED), CANCELLED, Set.of());

  static OrderStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  boolean mayBecome(OrderStatus next) {
    return NEXT.get(this).contains(next);
  }

  /** The name in the store and for clients. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
