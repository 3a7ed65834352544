package dev.troupe.protocol.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Orders names so that each comes after what it depends on; where that leaves a choice, what more
 * others depend on comes first.
 */
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
    for (String name : byDependents(dependsOn)) {
      List<String> cycle = order.visit(name);
      if (!cycle.isEmpty()) {
        return new Result(List.of(), cycle);
      }
    }
    return new Result(List.copyOf(order.ordered), List.of());
  }

  private static List<String> byDependents(Map<String, List<String>> dependsOn) {
    Map<String, Long> dependents =
        dependsOn.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return dependsOn.keySet().stream()
        .sorted(
            Comparator.comparing((String name) -> dependents.getOrDefault(name, 0L))
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .toList();
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
