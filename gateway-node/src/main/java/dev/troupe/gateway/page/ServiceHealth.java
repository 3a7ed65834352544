package dev.troupe.gateway.page;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.troupe.node.registry.InstanceView;
import java.util.List;
import java.util.Locale;

/** How a service is, judged by its instances. */
enum ServiceHealth {
  /** An instance is ready. */
  HEALTHY,
  /** Instances live, but none is ready. */
  UNHEALTHY,
  /** No instance lives. */
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

  /** The same in the words of a process. */
  String status() {
    return this == HEALTHY ? "running" : label();
  }
}
