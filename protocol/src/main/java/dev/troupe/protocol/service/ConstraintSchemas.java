package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Says in JSON Schema what {@link Constraints} demand. */
final class ConstraintSchemas {
  private static final String NOT_BLANK = "\\S";

  // What the regular expressions of Java have and those of JSON Schema (ECMA-262) have not, or
  // understand otherwise.
  private static final Pattern ONLY_IN_JAVA =
      Pattern.compile("[*+?}]\\+|\\(\\?[^:=!<]|\\\\[QEAzZGhHRXNpPxa0-9]|&&|\\[[^\\]]*\\[");

  private ConstraintSchemas() {}

  static ObjectNode ofType(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  static ObjectNode text(Constraints constraints) {
    ObjectNode schema = ofType("string");
    size(schema, constraints, "minLength", "maxLength");
    List<String> patterns = new ArrayList<>();
    if (constraints.notBlank() != null) {
      patterns.add(NOT_BLANK);
      schema.put("minLength", Math.max(1, schema.path("minLength").asInt()));
    }
    for (Constraints.TextPattern wanted : constraints.patterns()) {
      Pattern pattern = wanted.pattern();
      if (pattern.flags() == 0 && !ONLY_IN_JAVA.matcher(pattern.pattern()).find()) {
        patterns.add("^(?:" + pattern.pattern() + ")$");
      } else {
        schema.put("description", "matches, in the syntax of Java: " + pattern.pattern());
      }
    }
    if (patterns.size() == 1) {
      schema.put("pattern", patterns.get(0));
    } else if (!patterns.isEmpty()) {
      ArrayNode each = schema.putArray("allOf");
      patterns.forEach(pattern -> each.addObject().put("pattern", pattern));
    }
    if (constraints.email() != null) {
      schema.put("format", "email");
    }
    return schema;
  }

  static void number(ObjectNode schema, Constraints constraints) {
    Constraints.Bound least = constraints.least();
    if (least != null) {
      schema.put(least.inclusive() ? "minimum" : "exclusiveMinimum", least.value());
    }
    Constraints.Bound most = constraints.most();
    if (most != null) {
      schema.put(most.inclusive() ? "maximum" : "exclusiveMaximum", most.value());
    }
    Constraints.DigitCount digits = constraints.digits();
    if (digits != null) {
      schema.put("multipleOf", BigDecimal.ONE.movePointLeft(digits.fraction()));
      schema.put("description", digits.expected());
    }
  }

  static void size(ObjectNode schema, Constraints constraints, String min, String max) {
    Constraints.Length length = constraints.length();
    if (length == null) {
      return;
    }
    if (length.min() > 0) {
      schema.put(min, length.min());
    }
    if (length.max() < Integer.MAX_VALUE) {
      schema.put(max, length.max());
    }
  }
}
