package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One component of an input record, as clients see it. */
record InputField(String name, Class<?> type, boolean required, boolean inPath) {
  private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();
  private static final Set<Class<?>> INTEGERS =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(double.class, float.class, Double.class, Float.class);
  private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);
  // BigInteger would accept a plus sign, and digits of every script.
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,40}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,300}(\\.[0-9]{1,300})?");
  private static final int LONGEST_SHOWN = 40;

  static InputField of(RecordComponent component, Set<String> variables) {
    String name = SNAKE_CASE.translate(component.getName());
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return new InputField(name, component.getType(), !nullable, variables.contains(name));
  }

  /** The JSON value of a parameter of path or query. */
  JsonNode parsed(String value) {
    if (INTEGERS.contains(type) && INTEGER.matcher(value).matches()) {
      return BigIntegerNode.valueOf(new BigInteger(value));
    }
    if (NUMBERS.contains(type) && NUMBER.matcher(value).matches()) {
      return DoubleNode.valueOf(Double.parseDouble(value));
    }
    if (BOOLEANS.contains(type) && (value.equals("true") || value.equals("false"))) {
      return BooleanNode.valueOf(value.equals("true"));
    }
    return TextNode.valueOf(value);
  }

  /** Whether {@code given} has the right JSON type. Does not look into objects and arrays. */
  boolean accepts(JsonNode given) {
    if (INTEGERS.contains(type)) {
      return given.isIntegralNumber()
          && (isInt() ? given.canConvertToInt() : given.canConvertToLong());
    }
    if (NUMBERS.contains(type)) {
      return given.isNumber() && Double.isFinite(given.doubleValue());
    }
    if (BOOLEANS.contains(type)) {
      return given.isBoolean();
    }
    return type != String.class || given.isTextual();
  }

  private boolean isInt() {
    return type == int.class || type == Integer.class;
  }

  InvalidInputException missing() {
    return InvalidInputException.malformed(
        "%s is missing (expected: %s)".formatted(name, expected()));
  }

  InvalidInputException mistyped(JsonNode given) {
    return InvalidInputException.malformed(
        "%s is %s (expected: %s)"
            .formatted(
                name,
                shown(given),
                given.isIntegralNumber() && INTEGERS.contains(type) ? range() : expected()));
  }

  private String expected() {
    if (INTEGERS.contains(type)) {
      return "an integer";
    }
    if (NUMBERS.contains(type)) {
      return "a number";
    }
    if (BOOLEANS.contains(type)) {
      return "true or false";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> '"' + constant.toString() + '"')
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    if (type.isRecord() || Map.class.isAssignableFrom(type)) {
      return "an object";
    }
    if (type == Instant.class) {
      return "a time like 2026-01-31T12:00:00Z";
    }
    return type == String.class ? "a string" : "another value";
  }

  private String range() {
    return isInt()
        ? "an integer from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE)
        : "an integer from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static String shown(JsonNode given) {
    if (given.isObject()) {
      return "an object";
    }
    if (given.isArray()) {
      return "an array";
    }
    String text = given.toString();
    if (text.length() <= LONGEST_SHOWN) {
      return text;
    }
    // Half of a surrogate pair could not be written into the answer.
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_SHOWN - 1));
    return text.substring(0, splits ? LONGEST_SHOWN - 1 : LONGEST_SHOWN) + "…";
  }
}
