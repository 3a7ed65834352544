package dev.troupe.seed.alerts;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out problems that follow from another one.
 *
 * @param dependencies by service: the services that it needs
 */
record RootCauses(Map<String, List<String>> dependencies) {
  RootCauses {
    dependencies = Map.copyOf(dependencies);
  }

  List<Problem> of(List<Problem> problems) {
    return problems.stream()
        .filter(problem -> problems.stream().noneMatch(other -> explains(other, problem)))
        .toList();
  }

  private boolean explains(Problem cause, Problem effect) {
    if (cause.subject().equals(effect.subject())) {
      return cause.kind().explains(effect.kind());
    }
    // A service that is not well makes those unwell that need it, in the same way or a weaker one.
    return (cause.kind().explains(effect.kind())
            || (cause.kind() == effect.kind() && cause.kind().explains(AlertKind.ERRORS)))
        && effect.kind() != AlertKind.SLOT_FAILED
        && needs(effect.subject()).contains(cause.subject());
  }

  private Set<String> needs(String service) {
    Set<String> needs = new HashSet<>();
    collect(service, needs);
    needs.remove(service);
    return needs;
  }

  private void collect(String service, Set<String> needs) {
    for (String needed : dependencies.getOrDefault(service, List.of())) {
      if (needs.add(needed)) {
        collect(needed, needs);
      }
    }
  }
}
