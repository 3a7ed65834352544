package dev.troupe.gateway.page;

import dev.troupe.node.registry.RegistryView;
import java.util.Map;

/** An endpoint of the gateway's own; must not block. */
@FunctionalInterface
public interface Page {
  /**
   * @param path the variables of its path
   */
  PageAnswer answer(RegistryView view, Map<String, String> path);

  /** Whether it would say something wrong before this node has read what the others know. */
  default boolean needsRegistry() {
    return true;
  }
}
