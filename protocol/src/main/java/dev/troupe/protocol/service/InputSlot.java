package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A place for a value: a component of a record, an element of a list, or a value of a map.
 *
 * @param required whether null is a fault
 */
record InputSlot(InputType type, boolean required) {
  /** The JSON Schema of the place, where null is a value unless the place is required. */
  ObjectNode schema(NamedSchemas named) {
    ObjectNode schema = type.schema(named);
    return required ? schema : orNull(schema);
  }

  static ObjectNode orNull(ObjectNode schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (schema.path("type").isTextual()) {
      String type = schema.get("type").textValue();
      schema.putArray("type").add(type).add("null");
      return schema;
    }
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (given.isNull()) {
      if (required) {
        faults.malformed(path, "type", type.mistyped(given));
      }
      return null;
    }
    return type.read(given, path, faults);
  }
}
