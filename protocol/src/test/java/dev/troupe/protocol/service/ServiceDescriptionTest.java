package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ServiceDescriptionTest {
  enum Colour {
    RED,
    GREEN
  }

  record Part(@Min(1) @Max(9) int number, @Nullable Part within) {}

  record Order(
      long shopId,
      @NotBlank @Size(max = 10) String name,
      @Nullable @Email String email,
      @Pattern(regexp = "[a-z]+") String lower,
      @Pattern(regexp = "(?i)[a-z]++") String onlyInJava,
      @DecimalMin(value = "0", inclusive = false) @Digits(integer = 5, fraction = 2)
          BigDecimal price,
      @Size(min = 1) List<Part> parts,
      Map<String, Integer> counts,
      Colour colour,
      @Nullable Colour other) {}

  record Row<T>(T value, @Nullable Instant at) {}

  record Nest<T>(@Nullable Nest<List<T>> deeper) {}

  record Ordered(long id, List<@Nullable Row<Colour>> rows, ListPage<Row<Part>> page) {}

  record Odd(Object any, Nest<String> nest, Part part) {}

  record Search(@Nullable Integer limit, List<String> tag) {}

  record Key(long shopId) {}

  // Of the same simple name as another record.
  static final class Elsewhere {
    private Elsewhere() {}

    record Part(String text) {}
  }

  record Two(Part here, Elsewhere.Part there) {}

  @Test
  void limitsOfInputsAreThoseOfTheValidation() throws Exception {
    JsonNode body = order().at("/requestBody/content/application~1json/schema");
    JsonNode fields = body.path("properties");

    assertThat(fields.has("shop_id")).isFalse();
    assertThat(body.path("required").toString()).contains("name").doesNotContain("email", "other");
    assertThat(fields.path("name").toString())
        .isEqualTo("{\"type\":\"string\",\"maxLength\":10,\"minLength\":1,\"pattern\":\"\\\\S\"}");
    assertThat(fields.at("/email/type").toString()).isEqualTo("[\"string\",\"null\"]");
    assertThat(fields.at("/lower/pattern").asText()).isEqualTo("^(?:[a-z]+)$");
    assertThat(fields.path("only_in_java").has("pattern")).isFalse();
    assertThat(fields.at("/price/exclusiveMinimum").asInt()).isZero();
    assertThat(fields.at("/price/multipleOf").decimalValue()).isEqualByComparingTo("0.01");
    assertThat(fields.at("/parts/minItems").asInt()).isEqualTo(1);
    assertThat(fields.at("/counts/additionalProperties/type").asText()).isEqualTo("integer");
    assertThat(fields.at("/colour/enum").toString()).isEqualTo("[\"RED\",\"GREEN\"]");
    assertThat(fields.at("/other/anyOf")).hasSize(2);
  }

  @Test
  void aRecordThatContainsItselfIsDescribedOnce() throws Exception {
    JsonNode part = description().at("/schemas/Shop.PartInput");

    assertThat(part.at("/properties/number/minimum").asInt()).isEqualTo(1);
    assertThat(part.at("/properties/number/maximum").asInt()).isEqualTo(9);
    assertThat(part.path("properties").path("within").toString())
        .contains("#/components/schemas/Shop.PartInput", "null");
  }

  @Test
  void outputsAreDescribedAsTheyAreWritten() throws Exception {
    JsonNode schema = order().at("/responses/201/content/application~1json/schema");

    assertThat(schema.path("required").toString())
        .isEqualTo("[\"status\",\"id\",\"rows\",\"page\",\"request_id\"]");
    JsonNode row = description().at("/schemas/Shop.Row");
    assertThat(row.path("required").toString()).isEqualTo("[\"value\"]");
    assertThat(row.at("/properties/value/enum")).hasSize(2);
    assertThat(row.at("/properties/at/format").asText()).isEqualTo("date-time");
    assertThat(schema.at("/properties/rows/items/anyOf")).hasSize(2);
    assertThat(description().path("schemas").has("Shop.ListPage")).isTrue();
  }

  @Test
  void recordsOfTheSameNameHaveSchemasOfTheirOwn() throws Exception {
    JsonNode schemas = description().path("schemas");

    assertThat(schemas.at("/Shop.Part/properties").has("number")).isTrue();
    assertThat(schemas.at("/Shop.Part_2/properties").has("text")).isTrue();
  }

  @Test
  void typesThatGrowWithoutEndEndSomewhere() throws Exception {
    assertThat(description().path("schemas").size()).isBetween(10, 100);
  }

  @Test
  void whatIsNoJsonHasItsMediaType() throws Exception {
    JsonNode operations = description().path("operations");

    assertThat(operations.at("/watch/responses/200/content").has("text/event-stream")).isTrue();
    assertThat(operations.at("/fetch/responses/200/content").has("*/*")).isTrue();
    assertThat(operations.at("/send/requestBody/content").has("application/octet-stream")).isTrue();
    assertThat(operations.at("/remove/responses/204").has("content")).isFalse();
  }

  @Test
  void actionsThatHttpDoesNotReachAreNotShown() throws Exception {
    assertThat(description().path("operations").has("secret")).isFalse();
  }

  @Test
  void parametersComeFromThePathAndTheQuery() throws Exception {
    JsonNode parameters = description().at("/operations/search/parameters");

    assertThat(parameters.at("/0/name").asText()).isEqualTo("limit");
    assertThat(parameters.at("/0/required").asBoolean()).isFalse();
    assertThat(parameters.at("/1/required").asBoolean()).isTrue();
    assertThat(order().at("/parameters/0/in").asText()).isEqualTo("path");
  }

  private static JsonNode order() throws IOException {
    return description().at("/operations/order");
  }

  private static JsonNode description() throws IOException {
    List<Actions.Bound<?, ?>> bound =
        List.of(
            bound(Action.post("order", "/shops/{shop_id}/orders", Order.class, Ordered.class)),
            bound(Action.get("search", "/search", Search.class, Odd.class)),
            bound(Action.get("two", "/two", Search.class, Two.class)),
            bound(Action.get("watch", "/watch", Search.class, EventStream.class)),
            bound(Action.get("fetch", "/fetch", Search.class, Download.class)),
            bound(Action.post("send", "/shops/{shop_id}", Key.class, Odd.class).upload()),
            bound(Action.delete("remove", "/shops/{shop_id}", Key.class, NoContent.class)),
            bound(Action.get("secret", "/secret", Search.class, Odd.class)));
    List<ActionDescriptor> reached =
        bound.stream()
            .map(one -> one.action().descriptor())
            .filter(action -> !action.name().equals("secret"))
            .toList();
    ServiceDescriptor descriptor = new ServiceDescriptor("Shop", "1", reached);
    return Json.MAPPER.readTree(ServiceDescription.of(descriptor, bound).bytes());
  }

  private static <I extends Record, O extends Record> Actions.Bound<I, O> bound(
      Action<I, O> action) {
    return new Actions.Bound<>(
        action,
        new InputReader<>(action),
        (input, call) -> {
          throw new UnsupportedOperationException();
        });
  }
}
