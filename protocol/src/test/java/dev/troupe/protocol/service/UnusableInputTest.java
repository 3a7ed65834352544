package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Input records that cannot be read, or whose annotations make no sense. */
final class UnusableInputTest {
  record WithOptional(Optional<String> note) {}

  record WithObject(Object any) {}

  @SuppressWarnings("rawtypes")
  record WithRaw(List items) {}

  @SuppressWarnings("ArrayRecordComponent")
  record WithArray(String[] items) {}

  record SizedNumber(@Size(max = 3) int count) {}

  record BlankNumber(@NotBlank Integer count) {}

  record BadPattern(@Pattern(regexp = "(") String text) {}

  record Unsupported(@Future Instant at) {}

  @SuppressWarnings("MultipleNullnessAnnotations")
  record Contradiction(@NotNull @Nullable String text) {}

  record NoRange(@Min(5) @Max(4) int count) {}

  record Nested(List<SizedNumber> items) {}

  @SuppressWarnings("NullablePrimitive")
  record WithNotNullPrimitive(@NotNull int count) {}

  record WithSizeOfNegative(@Size(min = -1) String name) {}

  record WithTwoBounds(@Min(1) @Positive int count) {}

  record WithEmptyRange(
      @DecimalMin(value = "1", inclusive = false) @Max(1) @Nullable BigDecimal price) {}

  record WithNoBound(@DecimalMin("much") BigDecimal price) {}

  record WithHugeBound(@DecimalMin("1e1000000000") BigDecimal price) {}

  record WithRegexpOfAddress(@Email(regexp = "a@b") String email) {}

  record WithGroups(@NotBlank(groups = String.class) String name) {}

  record WithSeveral(@Min.List({@Min(1), @Min(2)}) int count) {}

  record WithJackson(@JsonProperty("other") String name) {}

  record WithPatternAtDate(@Pattern(regexp = "2.*") LocalDate day) {}

  record WithElement(List<@Min(1) String> names) {}

  record WithKeys(Map<Integer, String> names) {}

  record WithDigitsOfText(@Digits(integer = 1, fraction = 1) String name) {}

  record SameName(String userId, String user_id) {}

  private static void assertUnusable(Class<? extends Record> input, String... parts) {
    assertThatThrownBy(
            () ->
                ServiceDefinition.named("TestService")
                    .post("post", "/things", input, Echo.class, Echo::of)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContainingAll("post: ", "(expected: ");
  }

  @Test
  void anAnnotationThatMakesNoSenseIsRefusedAtTheStart() {
    assertUnusable(WithNotNullPrimitive.class, "component count of ", "@NotNull", "primitive");
    assertUnusable(WithSizeOfNegative.class, "@Size(min = -1, max = ");
    assertUnusable(WithTwoBounds.class, "two lower bounds");
    assertUnusable(WithEmptyRange.class, "the bounds 1 and 1");
    assertUnusable(WithNoBound.class, "the bound \"much\"");
    assertUnusable(WithHugeBound.class, "the bound \"1e1000000000\"");
    assertUnusable(WithRegexpOfAddress.class, "@Email with a regexp", "@Pattern");
    assertUnusable(WithGroups.class, "@NotBlank", "groups");
    assertUnusable(WithSeveral.class, "@Min.List");
    assertUnusable(WithJackson.class, "@JsonProperty of com.fasterxml.jackson.annotation");
    assertUnusable(WithPatternAtDate.class, "@Pattern", "at a String");
    assertUnusable(WithElement.class, "an element of component names of ", "@Min", "@Size");
    assertUnusable(WithKeys.class, "a Map whose keys are no String");
    assertUnusable(WithDigitsOfText.class, "@Digits", "at a number");
    assertUnusable(SameName.class, "the name user_id for clients");
  }

  @Test
  void whatCannotBeReadOrMakesNoSenseIsRefusedAtTheStart() {
    assertUnusable(WithOptional.class, "component note of ", "Optional", "@Nullable String");
    assertUnusable(WithObject.class, "component any of ", "Object", "JsonNode");
    assertUnusable(WithRaw.class, "a raw List", "List<String>");
    assertUnusable(WithArray.class, "String[]", "a List");
    assertUnusable(SizedNumber.class, "component count of ", "@Size", "@Min and @Max");
    assertUnusable(BlankNumber.class, "@NotBlank", "at a String");
    assertUnusable(Unsupported.class, "@Future", "compact constructor");
    assertUnusable(Contradiction.class, "@NotNull and @Nullable");
    assertUnusable(NoRange.class, "the bounds 5 and 4");
    assertUnusable(Nested.class, "component count of ", "@Size");
    assertUnusable(BadPattern.class, "@Pattern(regexp = \"(\")", "Unclosed group");
  }
}
