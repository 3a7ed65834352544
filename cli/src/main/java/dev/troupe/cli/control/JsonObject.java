package dev.troupe.cli.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.troupe.protocol.json.JsonFactories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed JSON object. Data binding would cost the launcher 25 MB for as long as it runs, and each
 * command a third of a second. The parser alone costs almost nothing.
 */
record JsonObject(Map<String, Object> fields) {
  private static final JsonFactory FACTORY = JsonFactories.isolated();

  /**
   * @throws IOException when {@code json} is not one JSON object
   */
  static JsonObject parse(byte[] json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      JsonObject object = object(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON object");
      }
      return object;
    }
  }

  String text(String field) throws IOException {
    String value = optionalText(field);
    if (value == null) {
      throw new IOException("'" + field + "' is missing");
    }
    return value;
  }

  @Nullable String optionalText(String field) throws IOException {
    return optional(field, String.class);
  }

  long number(String field) throws IOException {
    Long value = optionalNumber(field);
    if (value == null) {
      throw new IOException("'" + field + "' is missing");
    }
    return value;
  }

  @Nullable Long optionalNumber(String field) throws IOException {
    return optional(field, Long.class);
  }

  boolean flag(String field) throws IOException {
    return Boolean.TRUE.equals(optional(field, Boolean.class));
  }

  <T> List<T> list(String field, Class<T> of) throws IOException {
    List<T> result = new ArrayList<>();
    for (Object element : optionalList(field)) {
      if (!of.isInstance(element)) {
        throw new IOException("'" + field + "' holds " + element);
      }
      result.add(of.cast(element));
    }
    return result;
  }

  private List<?> optionalList(String field) throws IOException {
    List<?> list = optional(field, List.class);
    return list == null ? List.of() : list;
  }

  private <T> @Nullable T optional(String field, Class<T> type) throws IOException {
    Object value = fields.get(field);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw new IOException("'" + field + "' is " + value);
    }
    return type.cast(value);
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return new JsonObject(fields);
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object element = value(parser);
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }
}
