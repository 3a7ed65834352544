package dev.troupe.protocol.service;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.json.JsonProblem;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds the input record of an action from the path, the query and the body of a request.
 *
 * <p>A call from inside the cluster has neither path nor query: all fields come from the data.
 */
final class InputReader<I extends Record> {
  // More fields of the body follow a value.
  private static final ObjectReader VALUES =
      Json.MAPPER
          .reader()
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private final Class<I> type;
  private final boolean fromBody;
  private final RecordInput input;
  private final Set<String> names;
  private final Set<String> variables;
  // The parameters of the query that may have several values.
  private final Set<String> lists;

  /**
   * @throws IllegalArgumentException when the input record cannot be read
   */
  InputReader(Action<I, ?> action) {
    this.type = action.input();
    this.fromBody = action.hasInputInBody();
    this.variables = action.path().variables();
    // A null in a PATCH asks to remove a value (RFC 7396). A record cannot tell that from a field
    // that is missing.
    this.input = described(action, action.method() != HttpMethod.PATCH);
    this.names =
        input.fields().stream()
            .map(RecordInput.Field::name)
            .collect(Collectors.toUnmodifiableSet());
    this.lists =
        input.fields().stream()
            .filter(field -> field.slot().type() instanceof ListInput && !fromBody)
            .map(RecordInput.Field::name)
            .collect(Collectors.toUnmodifiableSet());
    for (String variable : variables) {
      if (!names.contains(variable)) {
        throw new IllegalArgumentException(
            "%s: {%s} of %s has no component in %s"
                .formatted(action.name(), variable, action.path(), type.getName()));
      }
    }
  }

  private static RecordInput described(Action<?, ?> action, boolean nullIsAbsent) {
    try {
      return InputTypes.of(action.input(), nullIsAbsent);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(action.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * @throws InvalidInputException with all fields at fault
   */
  I read(ServiceRequest request) {
    refuseRepeated(request);
    ObjectNode tree = parse(request.data());
    for (RecordInput.Field field : input.fields()) {
      bind(field, request, tree);
    }
    InputFaults faults = new InputFaults();
    Object read = input.read(tree, InputPath.ROOT, faults);
    if (faults.count() > 0) {
      throw faults.exception();
    }
    return type.cast(read);
  }

  RecordInput input() {
    return input;
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
    } catch (NumberFormatException e) {
      // Such an exponent fits into no number of Java.
      throw InvalidInputException.malformed(
          "the body has a number that cannot be read (expected: an exponent of at most "
              + DecimalInput.LARGEST_SCALE
              + ")");
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

  private void bind(RecordInput.Field field, ServiceRequest request, ObjectNode tree) {
    InputType fieldType = field.slot().type();
    if (variables.contains(field.name())) {
      String variable = request.path().get(field.name());
      if (variable != null) {
        tree.set(field.name(), fieldType.parsed(variable));
      }
    } else if (!fromBody) {
      List<String> values = request.query().values().get(field.name());
      if (values != null) {
        tree.set(field.name(), fieldType.parsed(values));
      }
    }
  }

  // Nobody can know which of two values the client means.
  private void refuseRepeated(ServiceRequest request) {
    request
        .query()
        .values()
        .forEach(
            (name, values) -> {
              if (values.size() > 1 && !lists.contains(name)) {
                throw InvalidInputException.malformed(
                    name,
                    "repeated",
                    "the query parameter '%s' is given twice (expected: once)".formatted(name));
              }
            });
  }
}
