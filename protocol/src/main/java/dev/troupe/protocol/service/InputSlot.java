package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A place for a value: a component of a record, an element of a list, or a value of a map.
 *
 * @param required whether null is a fault
 */
record InputSlot(InputType type, boolean required) {
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
