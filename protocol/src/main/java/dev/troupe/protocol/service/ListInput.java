package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists and sets. What it reads cannot be changed.
 *
 * @param set whether equal elements count once
 */
record ListInput(InputSlot element, boolean set, Constraints constraints) implements InputType {
  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (!given.isArray()) {
      faults.malformed(path, "type", mistyped(given));
      return null;
    }
    if (!constraints.accept(given.size(), path, faults)) {
      return null;
    }
    List<@Nullable Object> read = new ArrayList<>(given.size());
    for (int i = 0; i < given.size() && !faults.isFull(); i++) {
      read.add(element.read(given.get(i), path.element(i), faults));
    }
    return set
        ? Collections.unmodifiableSet(new LinkedHashSet<>(read))
        : Collections.unmodifiableList(read);
  }

  @Override
  public JsonNode parsed(List<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
    values.forEach(value -> array.add(element.type().parsed(value)));
    return array;
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    ObjectNode schema = ConstraintSchemas.ofType("array");
    schema.set("items", element.schema(named));
    ConstraintSchemas.size(schema, constraints, "minItems", "maxItems");
    return schema;
  }

  @Override
  public String expected() {
    return "an array";
  }

  static boolean isFor(Class<?> type) {
    return type == List.class || type == Collection.class || type == Set.class;
  }
}
