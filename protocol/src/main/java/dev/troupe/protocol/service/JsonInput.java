package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
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
    return given;
  }

  @Override
  public String expected() {
    return "a value";
  }
}
