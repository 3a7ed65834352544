package dev.troupe.protocol.service;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.json.JsonProblem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the input record of an action from the path, the query and the body of a request.
 *
 * <p>A call from inside the cluster has neither path nor query: all fields come from the data.
 */
final class InputReader<I extends Record> {
  // More fields of the body follow a value.
  private static final ObjectReader VALUES =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Class<I> type;
  private final HttpMethod method;
  private final List<InputField> fields;
  private final Set<String> names;

  InputReader(Action<I, ?> action) {
    Set<String> variables = action.path().variables();
    this.type = action.input();
    this.method = action.method();
    this.fields =
        Stream.of(type.getRecordComponents())
            .map(component -> InputField.of(component, variables))
            .toList();
    this.names = fields.stream().map(InputField::name).collect(Collectors.toUnmodifiableSet());
    for (String variable : variables) {
      if (fields.stream().noneMatch(field -> field.name().equals(variable))) {
        throw new IllegalArgumentException(
            "%s: {%s} of %s has no component in %s"
                .formatted(action.name(), variable, action.path(), type.getName()));
      }
    }
  }

  /**
   * @throws InvalidInputException naming the field at fault
   */
  I read(ServiceRequest request) {
    ObjectNode tree = parse(request.data());
    for (InputField field : fields) {
      bind(field, request, tree);
    }
    try {
      return Json.MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw explained(e, tree);
    } catch (JsonProcessingException e) {
      throw InvalidInputException.malformed("the input cannot be used: " + JsonProblem.of(e));
    }
  }

  private ObjectNode parse(JsonBytes data) {
    if (data.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try (JsonParser parser = Json.MAPPER.createParser(data.bytes())) {
      JsonToken first = parser.nextToken();
      ObjectNode object = knownFields(parser);
      if (first != JsonToken.START_OBJECT) {
        throw InvalidInputException.malformed("the body is not a JSON object (expected: {…})");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw InvalidInputException.malformed("the body is not valid JSON: " + JsonProblem.of(e));
    } catch (IOException e) {
      throw InvalidInputException.malformed("the body is not text in UTF-8 (expected: JSON)");
    }
  }

  // Reads the whole document, but keeps only the values of known fields.
  private ObjectNode knownFields(JsonParser parser) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
    } else {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (names.contains(name)) {
          object.set(name, VALUES.readTree(parser));
        } else {
          parser.skipChildren();
        }
      }
    }
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "Something follows after its end");
    }
    return object;
  }

  private void bind(InputField field, ServiceRequest request, ObjectNode tree) {
    Map<String, String> parameters = field.inPath() ? request.path() : request.query();
    String parameter = parameters.get(field.name());
    if (parameter != null && (field.inPath() || !method.hasBody())) {
      tree.set(field.name(), field.parsed(parameter));
    }
    JsonNode given = tree.path(field.name());
    if (field.required() && given.isMissingNode()) {
      throw field.missing();
    }
    // A null in a PATCH asks to remove a value (RFC 7396). A record cannot tell that from a field
    // that
    // is missing.
    boolean nullable = !field.required() && method != HttpMethod.PATCH;
    if (given.isNull() ? !nullable : !given.isMissingNode() && !field.accepts(given)) {
      throw field.mistyped(given);
    }
    // Such a text could be stored, but no reply could contain it.
    if (!UnicodeText.isIn(given)) {
      throw InvalidInputException.malformed(
          field.name() + " holds half of a surrogate pair (expected: Unicode text)");
    }
  }

  private RuntimeException explained(JsonMappingException e, ObjectNode tree) {
    // Thrown by the constructor: a refusal of the input, or a defect of the record itself.
    if (e.getCause() instanceof InvalidInputException invalid) {
      return invalid;
    }
    if (e.getCause() instanceof RuntimeException defect && e.getPath().isEmpty()) {
      return defect;
    }
    StringBuilder name = new StringBuilder();
    JsonNode given = tree;
    for (JsonMappingException.Reference step : e.getPath()) {
      boolean element = step.getFieldName() == null;
      given = element ? given.path(step.getIndex()) : given.path(step.getFieldName());
      name.append(element ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
    }
    Class<?> expected =
        e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? mismatch.getTargetType()
            : Object.class;
    String field = name.isEmpty() ? "the input" : name.substring(1);
    return fields.stream()
        .filter(known -> known.name().equals(field))
        .findFirst()
        .orElseGet(() -> new InputField(field, expected, true, false))
        .mistyped(given);
  }
}
