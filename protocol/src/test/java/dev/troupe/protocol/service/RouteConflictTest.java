package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RouteConflictTest {
  private static ServiceDescriptor service(String name, HttpMethod method, String path) {
    return new ServiceDescriptor(
        name, "1", List.of(new ActionDescriptor("act", method, PathTemplate.of(path), true)));
  }

  private static boolean conflict(String one, String other) {
    return RouteConflict.of(service("A", HttpMethod.GET, one), service("B", HttpMethod.GET, other))
        .isPresent();
  }

  @Test
  void pathsThatDifferInTheNamesOfVariablesOnlyHaveOnePlace() {
    assertThat(conflict("/users", "/users")).isTrue();
    assertThat(conflict("/users/{id}", "/users/{user_id}")).isTrue();
    assertThat(conflict("/", "/")).isTrue();
  }

  @Test
  void aLiteralBesideAVariableIsNoConflict() {
    assertThat(conflict("/users/{id}", "/users/list")).isFalse();
    assertThat(conflict("/a/{x}/c", "/a/b/{y}")).isFalse();
    assertThat(conflict("/users", "/users/{id}")).isFalse();
  }

  @Test
  void anotherMethodIsNoConflict() {
    assertThat(
            RouteConflict.of(
                service("A", HttpMethod.GET, "/users"), service("B", HttpMethod.POST, "/users")))
        .isEmpty();
  }

  @Test
  void theTextNamesBothServicesWithTheirActions() {
    RouteConflict conflict =
        RouteConflict.of(
                service("A", HttpMethod.GET, "/users/{id}"),
                service("B", HttpMethod.GET, "/users/{user_id}"))
            .orElseThrow();

    assertThat(conflict.text())
        .isEqualTo("GET /users/{id} (act of A) has the place of GET /users/{user_id} (act of B)");
  }
}
