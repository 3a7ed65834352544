package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers with a fraction. A {@link BigDecimal} is what the client wrote, digit by digit. */
record DecimalInput(Class<?> type, Constraints constraints) implements InputType {
  private static final Pattern WRITTEN = Pattern.compile("-?[0-9]{1,300}(\\.[0-9]{1,300})?");

  // Arithmetic with 1e1000000000 would write out a billion digits.
  static final int LARGEST_SCALE = 1000;

  static boolean isFor(Class<?> type) {
    return isDouble(type) || isFloat(type) || type == BigDecimal.class;
  }

  private static boolean isDouble(Class<?> type) {
    return type == double.class || type == Double.class;
  }

  private static boolean isFloat(Class<?> type) {
    return type == float.class || type == Float.class;
  }

  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (!given.isNumber() || !fits(given)) {
      faults.malformed(path, "type", mistyped(given));
      return null;
    }
    if (constraints.hasBounds()) {
      constraints.check(
          given.decimalValue(),
          InputPath.cut(given.toString(), 40),
          null,
          null,
          (code, what) -> faults.refused(path, code, what));
    }
    if (isDouble(type)) {
      return given.doubleValue();
    }
    return isFloat(type) ? (Object) given.floatValue() : given.decimalValue();
  }

  private boolean fits(JsonNode given) {
    if (isDouble(type)) {
      return Double.isFinite(given.doubleValue());
    }
    return isFloat(type) ? Float.isFinite(given.floatValue()) : isBounded(given.decimalValue());
  }

  /** Whether a program can write {@code number} out, or compute with it. */
  static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LARGEST_SCALE;
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    ObjectNode schema = ConstraintSchemas.ofType("number");
    if (type != BigDecimal.class) {
      schema.put("format", isDouble(type) ? "double" : "float");
    }
    ConstraintSchemas.number(schema, constraints);
    return schema;
  }

  @Override
  public String expected() {
    return "a number";
  }

  @Override
  public String mistyped(JsonNode given) {
    boolean large = type == BigDecimal.class && given.isNumber();
    return large
        ? "is %s (expected: a number with an exponent of at most %d)"
            .formatted(InputPath.cut(given.toString(), 40), LARGEST_SCALE)
        : InputType.super.mistyped(given);
  }

  @Override
  public JsonNode parsed(String parameter) {
    return WRITTEN.matcher(parameter).matches()
        ? DecimalNode.valueOf(new BigDecimal(parameter))
        : InputType.super.parsed(parameter);
  }
}
