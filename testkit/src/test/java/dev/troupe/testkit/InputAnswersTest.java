package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client is told about its input, on the way from the query and the body to the answer. */
final class InputAnswersTest {
  record Line(@NotBlank String sku, @Min(1) @Max(100) int quantity) {}

  record Place(@NotBlank @Size(max = 10) String name, List<Line> lines) {}

  record Find(@Nullable List<@NotBlank String> tag, @Nullable Integer limit) {}

  // As in docs/service-guide.md.
  record Book(LocalDate from, LocalDate to) {
    Book {
      if (to.isBefore(from)) {
        throw InvalidInputException.refused(
            "to", "order", "to is %s (expected: %s or later)".formatted(to, from));
      }
    }
  }

  private static final class Orders implements Service {
    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Orders")
          .post("place", "/placed", Place.class, Place.class, place -> place)
          .post("book", "/booked", Book.class, Book.class, book -> book)
          .get("find", "/found", Find.class, Find.class, find -> find)
          .build();
    }
  }

  @RegisterExtension final TroupeTest orders = TroupeTest.of(new Orders());

  @Test
  void allFieldsAtFaultStandBesideTheMessage() {
    Map<String, Object> place =
        Map.of("name", "much too long", "lines", List.of(Map.of("sku", "a"), Map.of()));

    TestResponse response = orders.post("/placed", place).expect(400);

    assertThat(response.message()).isEqualTo("lines[0].quantity is missing (expected: an integer)");
    assertThat(response.json().path("errors").findValuesAsText("field"))
        .containsExactly("name", "lines[0].quantity", "lines[1].sku", "lines[1].quantity");
    assertThat(response.json().path("errors").findValuesAsText("code"))
        .containsExactly("size", "missing", "missing", "missing");
  }

  @Test
  void anErrorThatNoFieldHasNamesNone() {
    assertThat(orders.get("/nowhere").expect(404).json().has("errors")).isFalse();
  }

  @Test
  void aCheckOfARecordNamesItsField() {
    TestResponse response =
        orders.post("/booked", Map.of("from", "2026-01-31", "to", "2026-01-30")).expect(422);

    assertThat(response.message()).isEqualTo("to is 2026-01-30 (expected: 2026-01-31 or later)");
    assertThat(response.json().at("/errors/0/field").asText()).isEqualTo("to");
  }

  @Test
  void aListOfAQueryHasEachValue() {
    assertThat(orders.get("/found?tag=b&tag=a%26c&limit=3").expect(200).as(Find.class))
        .isEqualTo(new Find(List.of("b", "a&c"), 3));
    assertThat(orders.get("/found?tag=b&tag=").expect(422).message())
        .isEqualTo("tag[1] is blank (expected: a character that is no space)");
    assertThat(orders.get("/found?limit=3&limit=3").expect(400).message())
        .isEqualTo("the query parameter 'limit' is given twice (expected: once)");
  }
}
