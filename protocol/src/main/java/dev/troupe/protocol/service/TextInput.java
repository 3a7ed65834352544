package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Reads texts. */
record TextInput(Constraints constraints) implements InputType {
  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (!given.isTextual()) {
      faults.malformed(path, "type", mistyped(given));
      return null;
    }
    String text = given.textValue();
    if (!UnicodeText.isPaired(text)) {
      faults.malformed(path, "text", UnicodeText.UNPAIRED);
      return null;
    }
    constraints.check(text, (code, what) -> faults.refused(path, code, what));
    return text;
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    return ConstraintSchemas.text(constraints);
  }

  @Override
  public String expected() {
    return "a string";
  }
}
