package dev.troupe.it.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes values that are meant to fit a schema, many at its limits. What a schema demands beyond
 * that a value may miss, so whoever uses one asks the schema.
 */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int ATTEMPTS = 30;
  private static final int DEEPEST = 5;
  private static final int LONGEST = 20_000;
  // Letters of several scripts, of one to four bytes in UTF-8, and marks that change how others
  // look.
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "z",
          "é",
          "ß",
          "ж",
          "名",
          "𝒳",
          "👩‍👩‍👧",
          "e\u0301",
          "\u202e",
          "\u200b",
          "\u2028",
          " ");
  private static final List<String> EMAILS =
      List.of("ann@example.org", "first.last+tag@mail.example.org", "x@" + "d".repeat(60) + ".org");

  private static final int MAX_IDS = 20;

  private final Random random;
  private final OpenApiContract contract;
  // Of resources that exist, or did.
  private final List<Long> ids = new ArrayList<>();

  SchemaValues(OpenApiContract contract, Random random) {
    this.contract = contract;
    this.random = random;
  }

  void learn(long id) {
    if (ids.size() == MAX_IDS) {
      ids.remove(0);
    }
    ids.add(id);
  }

  JsonNode of(JsonNode schema) {
    return value(schema, 0);
  }

  private JsonNode value(JsonNode given, int depth) {
    JsonNode schema = contract.dereferenced(given);
    JsonNode choices = schema.has("enum") ? schema.get("enum") : schema.path("anyOf");
    if (!choices.isEmpty()) {
      JsonNode chosen = choices.get(random.nextInt(choices.size()));
      return schema.has("enum") ? chosen : value(chosen, depth + 1);
    }
    return switch (type(schema.path("type"))) {
      case "null" -> JSON.nullNode();
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> JSON.numberNode(integer(schema));
      case "number" -> JSON.numberNode(BigDecimal.valueOf(integer(schema), random.nextInt(3)));
      case "array" -> array(schema, depth);
      case "object" -> object(schema, depth);
      default -> JSON.textNode(text(schema));
    };
  }

  private String type(JsonNode type) {
    return type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
  }

  private long integer(JsonNode schema) {
    boolean isLong = schema.path("format").asText().equals("int64");
    long lowest = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
    long highest = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
    long least = schema.path("minimum").asLong(lowest);
    long most = schema.path("maximum").asLong(highest);
    if (schema.has("exclusiveMinimum")) {
      least = schema.get("exclusiveMinimum").asLong() + 1;
    }
    if (least <= 1 && isLong && !ids.isEmpty() && random.nextBoolean()) {
      return ids.get(random.nextInt(ids.size()));
    }
    List<Long> candidates = new ArrayList<>();
    Stream.of(least, most, 0L, 1L, -1L, 10L, 1L + random.nextInt(20)).forEach(candidates::add);
    long from = least;
    long to = most;
    candidates.removeIf(candidate -> candidate < from || candidate > to);
    return candidates.get(random.nextInt(candidates.size()));
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    int least = schema.path("minItems").asInt();
    int size = depth > DEEPEST ? least : least + random.nextInt(3);
    for (int i = 0; i < Math.min(size, schema.path("maxItems").asInt(size)); i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      boolean wanted = depth <= DEEPEST && random.nextBoolean();
      if (required.contains(field.getKey()) || wanted) {
        object.set(field.getKey(), value(field.getValue(), depth + 1));
      }
    }
    return object;
  }

  private String text(JsonNode schema) {
    List<Pattern> patterns = new ArrayList<>();
    for (JsonNode place : schema.has("allOf") ? schema.get("allOf") : List.of(schema)) {
      if (place.has("pattern")) {
        patterns.add(Pattern.compile(place.get("pattern").asText()));
      }
    }
    List<Supplier<String>> makers =
        schema.path("format").asText().equals("email")
            ? List.of(() -> EMAILS.get(random.nextInt(EMAILS.size())))
            : List.of(() -> pieces(schema), this::word, () -> "\"" + random.nextInt(5) + "\"");
    String made = "";
    for (int i = 0; i < ATTEMPTS; i++) {
      made = makers.get(random.nextInt(makers.size())).get();
      String candidate = made;
      if (patterns.stream().allMatch(pattern -> pattern.matcher(candidate).find())) {
        return made;
      }
    }
    return made;
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  private String pieces(JsonNode schema) {
    int least = schema.path("minLength").asInt();
    int most = Math.min(schema.path("maxLength").asInt(100), LONGEST);
    List<Integer> lengths =
        List.of(least, Math.min(least + 1, most), most, Math.min(most, least + random.nextInt(30)));
    int length = lengths.get(random.nextInt(lengths.size()));
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.substring(0, whole(text, length));
  }

  private static int whole(StringBuilder text, int end) {
    return end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))
        ? end - 1
        : end;
  }
}
