package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Finds surrogates without their other half: JSON can escape them, UTF-8 cannot hold them. */
final class UnicodeText {
  /** What is wrong with such a text. It could be stored, but no reply could contain it. */
  static final String UNPAIRED = "holds half of a surrogate pair (expected: Unicode text)";

  private UnicodeText() {}

  /** Whether every text inside of {@code node}, however deep, can be written as UTF-8. */
  static boolean isIn(JsonNode node) {
    if (node.isTextual()) {
      return isPaired(node.textValue());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!isPaired(field.getKey())) {
        return false;
      }
    }
    for (JsonNode child : node) {
      if (!isIn(child)) {
        return false;
      }
    }
    return true;
  }

  static boolean isPaired(String text) {
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (Character.getType(point) == Character.SURROGATE) {
        return false;
      }
    }
    return true;
  }
}
