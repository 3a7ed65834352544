package dev.troupe.gateway.status;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.troupe.node.registry.InstanceView;
import java.util.List;
import java.util.Locale;

/** The health of a service, from the states of its instances. */
enum ServiceHealth {
  /** An instance is ready. */
  HEALTHY,
  /** Instances are alive, but none is ready. */
  UNHEALTHY,
  /** No instance is alive. */
  DEAD;

  static ServiceHealth of(List<InstanceView> living) {
    if (living.isEmpty()) {
      return DEAD;
    }
    return living.stream().anyMatch(InstanceView::isReady) ? HEALTHY : UNHEALTHY;
  }

  @JsonValue
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The health in the terms of clients that expect one process for each service. */
  String status() {
    return this == HEALTHY ? "running" : label();
  }
}
