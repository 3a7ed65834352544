package dev.troupe.protocol.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the input record of an action from the path, the query and the body of a request.
 *
 * <p>A call from inside the cluster has neither path nor query: there all comes from the data.
 */
final class InputReader<I extends Record> {
  private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();
  private static final Set<Class<?>> INTEGERS =
      Set.of(int.class, long.class, Integer.class, Long.class);

  private final Class<I> type;
  private final boolean hasBody;
  private final List<Field> fields;

  private record Field(String name, Class<?> type, boolean required, boolean inPath) {
    String expected() {
      if (INTEGERS.contains(type)) {
        return "an integer";
      }
      return type == String.class ? "a string" : "a " + type.getSimpleName();
    }
  }

  InputReader(Action<I, ?> action) {
    Set<String> variables = action.path().variables();
    this.type = action.input();
    this.hasBody = action.method().hasBody();
    this.fields =
        Stream.of(type.getRecordComponents())
            .map(component -> field(component, variables))
            .toList();
    for (String variable : variables) {
      if (fields.stream().noneMatch(field -> field.name().equals(variable))) {
        throw new IllegalArgumentException(
            "%s: {%s} of %s has no component in %s"
                .formatted(action.name(), variable, action.path(), type.getName()));
      }
    }
  }

  private static Field field(RecordComponent component, Set<String> variables) {
    String name = SNAKE_CASE.translate(component.getName());
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return new Field(name, component.getType(), !nullable, variables.contains(name));
  }

  /**
   * @throws InvalidInputException naming the field at fault
   */
  I read(ServiceRequest request) {
    ObjectNode tree = parse(request.data());
    for (Field field : fields) {
      bind(field, request, tree);
    }
    try {
      return Json.MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw explained(e);
    } catch (JsonProcessingException e) {
      throw InvalidInputException.malformed(e.getOriginalMessage());
    }
  }

  private ObjectNode parse(JsonBytes data) {
    if (data.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode node = Json.MAPPER.readTree(data.bytes());
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw InvalidInputException.malformed("the body is not a JSON object (expected: {…})");
    } catch (JsonProcessingException e) {
      throw InvalidInputException.malformed("the body is not valid JSON: " + where(e));
    } catch (IOException e) {
      throw InvalidInputException.malformed("the body is not valid JSON: " + e.getMessage());
    }
  }

  private void bind(Field field, ServiceRequest request, ObjectNode tree) {
    Map<String, String> parameters = field.inPath() ? request.path() : request.query();
    boolean outsideBody = field.inPath() ? !parameters.isEmpty() : !hasBody;
    if (outsideBody && parameters.containsKey(field.name())) {
      set(field, parameters.getOrDefault(field.name(), ""), tree);
    }
    if (field.required() && !tree.hasNonNull(field.name())) {
      throw InvalidInputException.malformed(
          "%s is missing (expected: %s)".formatted(field.name(), field.expected()));
    }
  }

  private static void set(Field field, String value, ObjectNode tree) {
    if (!INTEGERS.contains(field.type())) {
      tree.put(field.name(), value);
      return;
    }
    try {
      tree.put(field.name(), Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw InvalidInputException.malformed(
          "%s is '%s' (expected: an integer)".formatted(field.name(), shortened(value)));
    }
  }

  private InvalidInputException explained(JsonMappingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException invalid) {
        return invalid;
      }
    }
    String name = e.getPath().isEmpty() ? "" : e.getPath().get(0).getFieldName();
    String expected =
        fields.stream()
            .filter(field -> field.name().equals(name))
            .map(Field::expected)
            .findFirst()
            .orElseGet(() -> e instanceof MismatchedInputException ? "another type" : "valid JSON");
    return InvalidInputException.malformed(
        "%s has the wrong type or is out of range (expected: %s)".formatted(name, expected));
  }

  private static String where(JsonProcessingException e) {
    if (e.getLocation() == null) {
      return e.getOriginalMessage();
    }
    return "%s (line %d, column %d)"
        .formatted(
            e.getOriginalMessage().lines().findFirst().orElse(""),
            e.getLocation().getLineNr(),
            e.getLocation().getColumnNr());
  }

  private static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }
}
