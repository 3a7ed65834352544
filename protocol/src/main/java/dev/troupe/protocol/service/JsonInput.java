package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Passes on JSON of every form. */
enum JsonInput implements InputType {
  ANY;

  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (!UnicodeText.isIn(given)) {
      faults.malformed(path, "text", UnicodeText.UNPAIRED);
      return null;
    }
    if (!isBounded(given)) {
      String what = "holds a number with an exponent above %d (expected: at most that)";
      faults.malformed(path, "type", what.formatted(DecimalInput.LARGEST_SCALE));
      return null;
    }
    return given;
  }

  private static boolean isBounded(JsonNode given) {
    if (given.isBigDecimal()) {
      return DecimalInput.isBounded(given.decimalValue());
    }
    for (JsonNode child : given) {
      if (!isBounded(child)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public String expected() {
    return "a value";
  }
}
