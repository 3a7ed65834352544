package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds surrogates without their other half: JSON can escape them, UTF-8 cannot hold them. */
final class UnicodeText {
  private UnicodeText() {}

  /** Whether every text inside of {@code node}, however deep, can be written as UTF-8. */
  static boolean isIn(JsonNode node) {
    if (node.isTextual()) {
      return isPaired(node.textValue());
    }
    for (JsonNode child : node) {
      if (!isIn(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPaired(String text) {
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
