package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers without a fraction. */
record IntegerInput(Class<?> type, Constraints constraints) implements InputType {
  // BigInteger would accept a plus sign, and digits of every script.
  private static final Pattern WRITTEN = Pattern.compile("-?[0-9]{1,40}");

  static boolean isFor(Class<?> type) {
    return isInt(type) || isLong(type) || type == BigInteger.class;
  }

  private static boolean isInt(Class<?> type) {
    return type == int.class || type == Integer.class;
  }

  private static boolean isLong(Class<?> type) {
    return type == long.class || type == Long.class;
  }

  @Override
  public @Nullable Object read(JsonNode written, InputPath path, InputFaults faults) {
    JsonNode given = whole(written);
    if (!given.isIntegralNumber() || !fits(given)) {
      faults.malformed(path, "type", mistyped(written));
      return null;
    }
    if (constraints.hasBounds()) {
      BigDecimal number = new BigDecimal(given.bigIntegerValue());
      String shown = InputPath.cut(number.toString(), 40);
      constraints.check(
          number, shown, lowest(), highest(), (code, what) -> faults.refused(path, code, what));
    }
    if (isInt(type)) {
      return given.intValue();
    }
    return isLong(type) ? (Object) given.longValue() : given.bigIntegerValue();
  }

  // For JSON Schema, and so for /openapi.json, 2.0 is an integer.
  private static JsonNode whole(JsonNode written) {
    if (!written.isBigDecimal() || !DecimalInput.isBounded(written.decimalValue())) {
      return written;
    }
    BigDecimal shortest = written.decimalValue().stripTrailingZeros();
    return shortest.scale() <= 0 ? BigIntegerNode.valueOf(shortest.toBigInteger()) : written;
  }

  private boolean fits(JsonNode given) {
    if (isInt(type)) {
      return given.canConvertToInt();
    }
    return !isLong(type) || given.canConvertToLong();
  }

  private @Nullable Long lowest() {
    if (isInt(type)) {
      return (long) Integer.MIN_VALUE;
    }
    return isLong(type) ? Long.MIN_VALUE : null;
  }

  private @Nullable Long highest() {
    if (isInt(type)) {
      return (long) Integer.MAX_VALUE;
    }
    return isLong(type) ? Long.MAX_VALUE : null;
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    ObjectNode schema = ConstraintSchemas.ofType("integer");
    if (type != BigInteger.class) {
      schema.put("format", isInt(type) ? "int32" : "int64");
    }
    ConstraintSchemas.number(schema, constraints);
    return schema;
  }

  @Override
  public String expected() {
    return "an integer";
  }

  @Override
  public String mistyped(JsonNode given) {
    String expected =
        given.isIntegralNumber()
            ? "an integer from %d to %d".formatted(lowest(), highest())
            : expected();
    return "is %s (expected: %s)".formatted(ShownValue.of(given), expected);
  }

  @Override
  public JsonNode parsed(String parameter) {
    return WRITTEN.matcher(parameter).matches()
        ? BigIntegerNode.valueOf(new BigInteger(parameter))
        : InputType.super.parsed(parameter);
  }
}
