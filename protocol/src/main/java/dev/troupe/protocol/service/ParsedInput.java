package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that a client writes as a text in one form.
 *
 * @param format that JSON Schema knows the form by; null if it does not know the form
 * @param parse throws {@link DateTimeException} or {@link IllegalArgumentException} for others
 */
record ParsedInput(String expected, @Nullable String format, Function<String, Object> parse)
    implements InputType {
  private static final int LONGEST = 100;

  // UUID.fromString accepts 1-1-1-1-1 as well.
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static final Map<Class<?>, ParsedInput> BY_TYPE =
      Map.of(
          UUID.class,
          new ParsedInput(
              "a UUID like 123e4567-e89b-12d3-a456-426614174000", "uuid", ParsedInput::uuid),
          Instant.class,
          new ParsedInput("a time like 2026-01-31T12:00:00Z", "date-time", dated(Instant::parse)),
          OffsetDateTime.class,
          new ParsedInput(
              "a time like 2026-01-31T12:00:00+01:00", "date-time", dated(OffsetDateTime::parse)),
          LocalDate.class,
          new ParsedInput("a date like 2026-01-31", "date", dated(LocalDate::parse)),
          LocalTime.class,
          new ParsedInput("a time of day like 12:00:00", null, LocalTime::parse),
          LocalDateTime.class,
          new ParsedInput(
              "a local time like 2026-01-31T12:00:00", null, dated(LocalDateTime::parse)),
          Duration.class,
          new ParsedInput("a duration like PT1H30M", null, Duration::parse));

  @Override
  public ObjectNode schema(NamedSchemas named) {
    ObjectNode schema = ConstraintSchemas.ofType("string").put("description", expected);
    return format == null ? schema : schema.put("format", format);
  }

  private static UUID uuid(String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("no UUID");
    }
    return UUID.fromString(text);
  }

  // The parsers accept years like +999999999, which no database stores.
  private static Function<String, Object> dated(Function<String, Object> parse) {
    return text -> {
      if (text.startsWith("+") || text.startsWith("-")) {
        throw new IllegalArgumentException("a year of more than four digits, or before 0");
      }
      return parse.apply(text);
    };
  }

  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (given.isTextual() && given.textValue().length() <= LONGEST) {
      try {
        return parse.apply(given.textValue());
      } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
        // Told below, like a value that is no text.
      }
    }
    faults.malformed(path, "type", mistyped(given));
    return null;
  }
}
