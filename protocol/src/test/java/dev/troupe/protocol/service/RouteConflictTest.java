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

  private static ServiceDescriptor program(String name, String path) {
    return new ServiceDescriptor(
        name, "1", List.of(ActionDescriptor.allBelow("route_1", PathTemplate.of(path))));
  }

  private static boolean prefixConflict(String prefix, String path) {
    return RouteConflict.of(program("A", prefix), service("B", HttpMethod.GET, path)).isPresent()
        || RouteConflict.of(service("B", HttpMethod.GET, path), program("A", prefix)).isPresent();
  }

  @Test
  void aPathInAPrefixIsMoreSpecificUnlessItIsThePrefix() {
    assertThat(prefixConflict("/legacy", "/legacy/users")).isFalse();
    assertThat(prefixConflict("/legacy", "/{any}/users")).isFalse();
    assertThat(prefixConflict("/", "/")).isFalse();
    assertThat(prefixConflict("/legacy", "/legacy")).isTrue();
  }

  @Test
  void ofTwoPrefixesTheLongerOneIsMoreSpecific() {
    assertThat(RouteConflict.of(program("A", "/legacy"), program("B", "/legacy/new"))).isEmpty();
    assertThat(
            RouteConflict.of(program("A", "/legacy"), program("B", "/legacy")).orElseThrow().text())
        .isEqualTo("ANY /legacy/** (route_1 of A) has the place of ANY /legacy/** (route_1 of B)");
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
