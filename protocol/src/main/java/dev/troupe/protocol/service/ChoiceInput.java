package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of a few values: a constant of an enum, by the name that replies give it, or a boolean.
 *
 * @param values by the JSON of each
 */
record ChoiceInput(Map<JsonNode, Object> values, String expected, boolean isBoolean)
    implements InputType {
  static final ChoiceInput BOOLEAN =
      new ChoiceInput(
          Map.of(BooleanNode.TRUE, true, BooleanNode.FALSE, false), "true or false", true);

  static ChoiceInput of(Class<?> type) {
    Map<JsonNode, Object> values = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      values.put(Json.MAPPER.valueToTree(constant), constant);
    }
    String expected =
        values.keySet().stream()
            .map(JsonNode::toString)
            .collect(Collectors.joining(", ", "one of ", ""));
    return new ChoiceInput(values, expected, false);
  }

  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    Object value = given.isValueNode() ? values.get(given) : null;
    if (value == null) {
      faults.malformed(path, "type", mistyped(given));
    }
    return value;
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    if (isBoolean) {
      return ConstraintSchemas.ofType("boolean");
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("enum").addAll(values.keySet());
    return schema;
  }

  @Override
  public JsonNode parsed(String parameter) {
    return isBoolean && (parameter.equals("true") || parameter.equals("false"))
        ? BooleanNode.valueOf(parameter.equals("true"))
        : InputType.super.parsed(parameter);
  }
}
