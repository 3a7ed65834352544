package dev.troupe.seed.alerts;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What alerts are about. One that comes first explains those after it of the same service. */
enum AlertKind {
  DISK_FULL(Duration.ofSeconds(30), false),
  SEED_RELAUNCHED(Duration.ZERO, false),
  DEAD_NOTIFICATIONS(Duration.ZERO, false),
  DEAD_EVENTS(Duration.ZERO, false),
  SLOT_FAILED(Duration.ZERO, false),
  RELAUNCHED_OFTEN(Duration.ZERO, true),
  UNHEALTHY(Duration.ofSeconds(60), true),
  BREAKER_OPEN(Duration.ofSeconds(30), true),
  WAITING_ROOM_FULL(Duration.ofSeconds(5), true),
  ERRORS(Duration.ofSeconds(10), true);

  private final Duration hold;
  private final boolean expectedDuringOrders;

  AlertKind(Duration hold, boolean expectedDuringOrders) {
    this.hold = hold;
    this.expectedDuringOrders = expectedDuringOrders;
  }

  /** How long it has to last before anybody is told. */
  Duration hold() {
    return hold;
  }

  /** Whether it says nothing while an operator's order is carried out. */
  boolean isExpectedDuringOrders() {
    return expectedDuringOrders;
  }

  /** Whether it has effects on services that call the service. */
  boolean explains(AlertKind other) {
    return compareTo(SLOT_FAILED) >= 0 && compareTo(other) < 0;
  }

  /** The kind that has this label, if there is one. */
  static Optional<AlertKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
