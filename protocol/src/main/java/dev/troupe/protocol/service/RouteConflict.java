package dev.troupe.protocol.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Two actions of different services that have one place in the tree of paths: the same method, and
 * paths that differ in the names of their variables at most. A request could reach only one of
 * them.
 *
 * <p>{@code /users/{id}} and {@code /users/list} are no conflict, since a literal segment goes
 * before a variable.
 */
public record RouteConflict(
    String service, ActionDescriptor action, String other, ActionDescriptor otherAction) {

  /** The first action of {@code service}, in its order, whose place {@code other} has too. */
  public static Optional<RouteConflict> of(ServiceDescriptor service, ServiceDescriptor other) {
    Map<String, ActionDescriptor> places = new HashMap<>();
    other.actions().forEach(action -> places.put(action.place(), action));
    return service.actions().stream()
        .filter(action -> places.containsKey(action.place()))
        .findFirst()
        .map(
            action ->
                new RouteConflict(
                    service.service(), action, other.service(), places.get(action.place())));
  }

  /** Whether {@code descriptor} has an action at the place of the conflict. */
  public boolean isAt(ServiceDescriptor descriptor) {
    return descriptor.actions().stream()
        .anyMatch(candidate -> candidate.place().equals(action.place()));
  }

  /** Both actions with their services, as in {@code GET /users/{id} (get_user of UserService)}. */
  public String text() {
    return "%s has the place of %s".formatted(text(service, action), text(other, otherAction));
  }

  private static String text(String service, ActionDescriptor action) {
    return "%s %s (%s of %s)".formatted(action.method(), action.path(), action.name(), service);
  }
}
