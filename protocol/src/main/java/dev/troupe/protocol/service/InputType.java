package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of one place of an input record. Made once, when the service starts. */
interface InputType {
  /**
   * The value of {@code given}, which is neither absent nor null; null when it has a fault, which
   * then is in {@code faults}.
   */
  @Nullable Object read(JsonNode given, InputPath path, InputFaults faults);

  /**
   * The JSON Schema of the values.
   *
   * @param named takes the schemas of records
   */
  ObjectNode schema(NamedSchemas named);

  /** What a client has to write, like "an integer". */
  String expected();

  /** What is wrong with {@code given}: for a value of the wrong type, null included. */
  default String mistyped(JsonNode given) {
    return "is %s (expected: %s)".formatted(ShownValue.of(given), expected());
  }

  /**
   * The JSON value of a variable of the path, or of a parameter of the query that has one value.
   */
  default JsonNode parsed(String parameter) {
    return TextNode.valueOf(parameter);
  }

  /**
   * The JSON value of a parameter of the query.
   *
   * @param values of which only a list may have more than one
   */
  default JsonNode parsed(List<String> values) {
    return parsed(values.get(0));
  }
}
