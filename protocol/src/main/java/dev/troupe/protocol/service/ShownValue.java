package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;

/** Shows a client the value that it sent, in a few characters. */
final class ShownValue {
  private static final int LONGEST = 40;

  private ShownValue() {}

  static String of(JsonNode given) {
    if (given.isObject()) {
      return "an object";
    }
    if (given.isArray()) {
      return "an array";
    }
    // 2.50 is shown as 2.5, and 1e400 as what a double makes of it.
    JsonNode shown = given.isBigDecimal() ? DoubleNode.valueOf(given.doubleValue()) : given;
    return InputPath.cut(shown.toString(), LONGEST);
  }
}
