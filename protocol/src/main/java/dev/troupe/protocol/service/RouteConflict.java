package dev.troupe.protocol.service;

import java.util.Optional;

/**
 * Two actions of different services that have one place in the tree of paths: the same method, and
 * paths that differ in the names of their variables at most. A request could reach only one of
 * them.
 *
 * <p>{@code /users/{id}} and {@code /users/list} are no conflict, since a literal segment goes
 * before a variable. Of a path and a prefix that holds it, or of two such prefixes, the longer one
 * goes first; they are a conflict only if they are equal, unless both are "/".
 */
public record RouteConflict(
    String service, ActionDescriptor action, String other, ActionDescriptor otherAction) {

  /** The first action of {@code service}, in its order, whose place {@code other} has too. */
  public static Optional<RouteConflict> of(ServiceDescriptor service, ServiceDescriptor other) {
    return service.actions().stream()
        .flatMap(
            action ->
                other.actions().stream()
                    .filter(action::conflictsWith)
                    .map(
                        taken ->
                            new RouteConflict(service.service(), action, other.service(), taken)))
        .findFirst();
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
    return "%s %s (%s of %s)"
        .formatted(action.shownMethod(), action.shownPath(), action.name(), service);
  }
}
