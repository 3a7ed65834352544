package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads objects with names that the client chooses. What it reads cannot be changed. */
record MapInput(InputSlot value, Constraints constraints) implements InputType {
  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (!given.isObject()) {
      faults.malformed(path, "type", mistyped(given));
      return null;
    }
    if (!constraints.accept(given.size(), path, faults)) {
      return null;
    }
    Map<String, @Nullable Object> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (faults.isFull()) {
        break;
      }
      if (!UnicodeText.isPaired(entry.getKey())) {
        faults.malformed(path, "text", "has a name that " + UnicodeText.UNPAIRED);
        continue;
      }
      InputPath here = path.key(entry.getKey());
      read.put(entry.getKey(), value.read(entry.getValue(), here, faults));
    }
    return Collections.unmodifiableMap(read);
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    ObjectNode schema = ConstraintSchemas.ofType("object");
    schema.set("additionalProperties", value.schema(named));
    ConstraintSchemas.size(schema, constraints, "minProperties", "maxProperties");
    return schema;
  }

  @Override
  public String expected() {
    return "an object";
  }
}
