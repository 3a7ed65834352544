package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.PathTemplate.Segment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {
  @Test
  void tellsLiteralsFromVariables() {
    PathTemplate path = PathTemplate.of("/users/{user_id}/orders-2.0/{order_id}");

    assertThat(path.segments())
        .containsExactly(
            new Segment("users", false),
            new Segment("user_id", true),
            new Segment("orders-2.0", false),
            new Segment("order_id", true));
    assertThat(path.variables()).containsExactlyInAnyOrder("user_id", "order_id");
  }

  @Test
  void theRootHasNoSegments() {
    assertThat(PathTemplate.of("/").segments()).isEmpty();
    assertThat(PathTemplate.of("/").variables()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "users,              it must start with '/' and not end with one",
    "'',                 it must start with '/' and not end with one",
    "/users/,            it must start with '/' and not end with one",
    "//,                 it must start with '/' and not end with one",
    "/users//all,        '' is neither a literal nor a {variable}",
    "/users/{userId},    '{userId}' is neither a literal nor a {variable}",
    "/users/{},          '{}' is neither a literal nor a {variable}",
    "/users/{id,         '{id' is neither a literal nor a {variable}",
    "/users/x{id},       'x{id}' is neither a literal nor a {variable}",
    "/a b,               'a b' is neither a literal nor a {variable}",
    "/a%20b,             'a%20b' is neither a literal nor a {variable}",
    "/users?all,         'users?all' is neither a literal nor a {variable}",
    "/{id}/friends/{id}, a variable occurs twice",
  })
  void refusesWhatCannotBeMatched(String text, String why) {
    assertThatThrownBy(() -> PathTemplate.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path '%s': %s (expected for example: /users/{user_id})", text, why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/users", "/users/{user_id}"})
  void isJustItsTextInJson(String text) throws JsonProcessingException {
    PathTemplate path = PathTemplate.of(text);

    assertThat(Json.MAPPER.writeValueAsString(path)).isEqualTo('"' + text + '"');
    assertThat(Json.MAPPER.readValue('"' + text + '"', PathTemplate.class))
        .isEqualTo(path)
        .hasSameHashCodeAs(path);
  }

  @Test
  void isFilledWithValuesThatStayInTheirSegments() {
    assertThat(
            PathTemplate.of("/users/{user_id}/{file}")
                .filled(Map.of("user_id", "7", "file", "a/b c+ü?")))
        .isEqualTo("/users/7/a%2Fb%20c%2B%C3%BC%3F");
    assertThat(PathTemplate.of("/").filled(Map.of())).isEqualTo("/");
  }

  @Test
  void theShapeForgetsTheNamesOfVariables() {
    assertThat(PathTemplate.of("/users/{id}").shape())
        .isEqualTo(PathTemplate.of("/users/{user_id}").shape())
        .isNotEqualTo(PathTemplate.of("/users/id").shape());
  }
}
