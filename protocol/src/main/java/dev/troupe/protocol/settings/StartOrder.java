package dev.troupe.protocol.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Orders names so that each comes after what it depends on. */
final class StartOrder {
  private final Map<String, List<String>> dependsOn;
  private final List<String> ordered = new ArrayList<>();
  private final List<String> trail = new ArrayList<>();

  private StartOrder(Map<String, List<String>> dependsOn) {
    this.dependsOn = dependsOn;
  }

  /** Either the order, or the cycle that prevents one, like {@code A, B, A}; the other is empty. */
  record Result(List<String> order, List<String> cycle) {}

  /** Every dependency must be a key of {@code dependsOn}. */
  static Result of(Map<String, List<String>> dependsOn) {
    StartOrder order = new StartOrder(dependsOn);
    Set<String> names = new TreeSet<>(dependsOn.keySet());
    for (String name : names) {
      List<String> cycle = order.visit(name);
      if (!cycle.isEmpty()) {
        return new Result(List.of(), cycle);
      }
    }
    return new Result(List.copyOf(order.ordered), List.of());
  }

  private List<String> visit(String name) {
    if (ordered.contains(name)) {
      return List.of();
    }
    if (trail.contains(name)) {
      List<String> loop = new ArrayList<>(trail.subList(trail.indexOf(name), trail.size()));
      loop.add(name);
      return loop;
    }
    trail.add(name);
    for (String dependency : dependsOn.getOrDefault(name, List.of())) {
      List<String> cycle = visit(dependency);
      if (!cycle.isEmpty()) {
        return cycle;
      }
    }
    trail.remove(trail.size() - 1);
    ordered.add(name);
    return List.of();
  }
}
