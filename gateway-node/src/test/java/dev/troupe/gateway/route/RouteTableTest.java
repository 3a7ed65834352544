package dev.troupe.gateway.route;

import static dev.troupe.protocol.service.HttpMethod.DELETE;
import static dev.troupe.protocol.service.HttpMethod.GET;
import static dev.troupe.protocol.service.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private final RouteTable.Builder<String> routes = new RouteTable.Builder<>();

  @Test
  void aLiteralBeatsAVariable() {
    add(GET, "/users/{id}");
    add(GET, "/users/me");

    assertThat(find(GET, "users", "me")).isEqualTo("GET /users/me");
    assertThat(find(GET, "users", "7")).isEqualTo("GET /users/{id}");
  }

  @Test
  void aLiteralThatLeadsNowhereGivesWayToTheVariable() {
    add(GET, "/users/me");
    add(GET, "/users/{id}/orders");
    add(DELETE, "/users/{id}");

    assertThat(find(GET, "users", "me", "orders")).isEqualTo("GET /users/{id}/orders");
    assertThat(find(DELETE, "users", "me")).isEqualTo("DELETE /users/{id}");
  }

  @Test
  void variablesHaveTheNamesOfTheirOwnTemplate() {
    add(GET, "/users/{id}");
    add(GET, "/users/{user_id}/orders/{order_id}");
    RouteTable<String> table = routes.build();

    assertThat(variables(table, "users", "7")).isEqualTo(Map.of("id", "7"));
    assertThat(variables(table, "users", "7", "orders", "8"))
        .isEqualTo(Map.of("user_id", "7", "order_id", "8"));
  }

  @Test
  void anEmptySegmentIsNoValue() {
    add(GET, "/users/{id}/orders");

    assertThat(find(GET, "users", "", "orders")).isEqualTo("nothing");
  }

  @Test
  void aPrefixTakesAllMethodsAndAllPathsBelowIt() {
    add(GET, "/users");
    below("/legacy");

    assertThat(find(GET, "legacy")).isEqualTo("below /legacy");
    assertThat(find(DELETE, "legacy", "a", "", "b")).isEqualTo("below /legacy");
    assertThat(find(null, "legacy", "a")).isEqualTo("below /legacy");
    assertThat(find(GET, "legacy2")).isEqualTo("nothing");
    assertThat(find(null, "users")).isEqualTo("nothing");
  }

  @Test
  void theLongerRouteGoesFirst() {
    below("/");
    below("/legacy");
    below("/legacy/new");
    add(GET, "/legacy/users/{id}");

    assertThat(find(GET, "legacy", "users", "7")).isEqualTo("GET /legacy/users/{id}");
    assertThat(find(POST, "legacy", "users", "7")).isEqualTo("below /legacy");
    assertThat(find(GET, "legacy", "users", "7", "x")).isEqualTo("below /legacy");
    assertThat(find(GET, "legacy", "new", "x")).isEqualTo("below /legacy/new");
    assertThat(find(GET, "other")).isEqualTo("below /");
  }

  @Test
  void aLiteralPrefixBeatsAVariable() {
    add(GET, "/{any}/x");
    below("/legacy");

    assertThat(find(GET, "legacy", "x")).isEqualTo("below /legacy");
    assertThat(find(GET, "other", "x")).isEqualTo("GET /{any}/x");
  }

  @Test
  void theSecondPrefixOfAPlaceIsReported() {
    below("/legacy");

    assertThat(routes.addAllBelow("B", PathTemplate.of("/legacy"), "B"))
        .contains("what is below /legacy of B is not reachable: A has the same place");
  }

  @Test
  void theRootIsAPathLikeOthers() {
    add(GET, "/");

    assertThat(find(GET)).isEqualTo("GET /");
    assertThat(find(GET, "users")).isEqualTo("nothing");
  }

  @Test
  void ofTwoThatCannotBeToldApartTheFirstStays() {
    assertThat(routes.add("A", GET, PathTemplate.of("/things/{id}"), "first")).isEmpty();
    Optional<String> conflict = routes.add("B", GET, PathTemplate.of("/things/{name}"), "second");

    assertThat(conflict)
        .contains("GET /things/{name} of B is not reachable: /things/{id} of A has the same place");
    assertThat(find(GET, "things", "1")).isEqualTo("first");
  }

  @Test
  void aKnownPathKnowsItsMethods() {
    add(GET, "/users/me");
    add(POST, "/users");
    add(DELETE, "/users/{id}");
    RouteTable<String> table = routes.build();

    assertThat(table.methodsAt(List.of("users"))).containsExactly(POST);
    assertThat(table.methodsAt(List.of("users", "me"))).containsExactly(GET, DELETE);
    assertThat(table.methodsAt(List.of("nowhere"))).isEmpty();
  }

  private void add(HttpMethod method, String path) {
    routes.add("S", method, PathTemplate.of(path), method + " " + path);
  }

  private void below(String path) {
    routes.addAllBelow("A", PathTemplate.of(path), "below " + path);
  }

  private String find(@Nullable HttpMethod method, String... segments) {
    return routes
        .build()
        .find(method, List.of(segments))
        .map(RouteTable.Found::target)
        .orElse("nothing");
  }

  private static Map<String, String> variables(RouteTable<String> table, String... segments) {
    return table.find(GET, List.of(segments)).orElseThrow().variables();
  }
}
