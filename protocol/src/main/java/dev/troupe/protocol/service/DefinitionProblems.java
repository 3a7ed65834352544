package dev.troupe.protocol.service;

import dev.troupe.protocol.NodeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what makes the definition of a service unusable. */
final class DefinitionProblems {
  private DefinitionProblems() {}

  /**
   * @param actions all of the service
   * @param reached those that HTTP reaches
   * @throws IllegalArgumentException with all problems, if there are any
   */
  static void refuse(
      String service,
      List<Action<?, ?>> actions,
      List<ActionDescriptor> reached,
      List<PublishedEvent<?>> published) {
    List<String> problems = new ArrayList<>();
    if (NodeNames.isReserved(service)) {
      problems.add("a node of Troupe has this name (expected: another name)");
    }
    if (actions.isEmpty()) {
      problems.add("no actions (expected: one at least, like .get(…) before .build())");
    }
    Map<String, Action<?, ?>> byName = new HashMap<>();
    for (Action<?, ?> action : actions) {
      Action<?, ?> other = byName.putIfAbsent(action.name(), action);
      if (other != null) {
        problems.add(
            "two actions named %s, %s %s and %s %s: rename one of them"
                .formatted(
                    action.name(), other.method(), other.path(), action.method(), action.path()));
      }
    }
    Map<String, PublishedEvent<?>> byEvent = new HashMap<>();
    for (PublishedEvent<?> event : published) {
      PublishedEvent<?> other = byEvent.putIfAbsent(event.name(), event);
      if (other != null) {
        problems.add(
            "two kinds of events named %s, %s and %s: rename one of the records"
                .formatted(event.name(), other.type().getName(), event.type().getName()));
      }
    }
    Map<String, ActionDescriptor> byPlace = new HashMap<>();
    for (ActionDescriptor action : reached) {
      ActionDescriptor other = byPlace.putIfAbsent(action.place(), action);
      if (other != null) {
        problems.add(
            "two actions at one path, %s at %s %s and %s at %s %s: change the path of one of them"
                .formatted(
                    other.name(),
                    other.method(),
                    other.path(),
                    action.name(),
                    action.method(),
                    action.path()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(service + ": " + String.join("; ", problems));
    }
  }
}
