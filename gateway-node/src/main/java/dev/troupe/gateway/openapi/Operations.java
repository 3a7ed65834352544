package dev.troupe.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Completes what a service says of an action by what the gateway does for all actions. */
final class Operations {
  private static final String REF = "$ref";
  private static final String PARAMETERS = "parameters";
  private static final String RESPONSES = "responses";
  private static final String BODY = "requestBody";
  private static final String DESCRIPTION = "description";
  private static final String JSON = "application/json";
  private static final String UNAVAILABLE = "503";

  private static final Map<String, String> ERRORS =
      new TreeMap<>(
          Map.of(
              "400",
              "The request is malformed",
              "404",
              "There is no such thing",
              "412",
              "The resource has another version, or the action takes no conditions",
              "422",
              "The request is well-formed, and refused",
              "500",
              "The service failed",
              UNAVAILABLE,
              "No instance can take the request now",
              "504",
              "The service did not answer in time"));
  private static final Map<String, String> ERRORS_OF_WRITES =
      new TreeMap<>(
          Map.of(
              "409", "The request contradicts what is there, or its Idempotency-Key was used",
              "413", "The body is too large",
              "415", "The Content-Type is not the one of the action"));

  private Operations() {}

  /**
   * @param said by the service; null when it has said nothing
   */
  static ObjectNode of(ActionDescriptor action, @Nullable JsonNode said) {
    ObjectNode operation = object();
    operation.put("summary", action.name().replace('_', ' '));
    if (said instanceof ObjectNode known) {
      operation.setAll(known.deepCopy());
    } else {
      addUnknown(action, operation);
    }
    operation.withArray("/" + PARAMETERS).addObject().put(REF, "#/components/parameters/RequestId");
    if (action.method() == HttpMethod.DELETE) {
      ObjectNode body = operation.putObject(BODY);
      body.put(DESCRIPTION, "Ignored. The request needs Content-Type: application/json");
      body.putObject("content").putObject(JSON).putObject("schema").put("type", "object");
    }
    ObjectNode responses = operation.withObject("/" + RESPONSES);
    ERRORS.forEach((code, meaning) -> addError(responses, code, meaning));
    if (action.method() != HttpMethod.GET) {
      ERRORS_OF_WRITES.forEach((code, meaning) -> addError(responses, code, meaning));
    }
    addError(responses, "default", "Another error");
    return operation;
  }

  static ObjectNode ofPage(ActionDescriptor page) {
    ObjectNode operation = object();
    operation.put("summary", page.name().replace('_', ' '));
    addVariables(page.path(), operation.putArray(PARAMETERS));
    ObjectNode responses = operation.putObject(RESPONSES);
    addAnyObject(responses.putObject("200").put(DESCRIPTION, "The state"));
    addAnyObject(responses.putObject(UNAVAILABLE).put(DESCRIPTION, "Something does not work"));
    addError(responses, "default", "An error");
    return operation;
  }

  private static void addUnknown(ActionDescriptor action, ObjectNode operation) {
    addVariables(action.path(), operation.putArray(PARAMETERS));
    if (action.maxUpload() != Action.NO_UPLOAD) {
      operation.putObject(BODY).putObject("content").putObject("application/octet-stream");
    } else if (action.method().hasBody()) {
      addAnyObject(operation.putObject(BODY));
    }
    operation.putObject(RESPONSES).putObject("2XX").put(DESCRIPTION, "Done");
  }

  private static void addVariables(PathTemplate path, ArrayNode parameters) {
    for (PathTemplate.Segment segment : path.segments()) {
      if (segment.variable()) {
        ObjectNode parameter = parameters.addObject().put("name", segment.text());
        parameter.put("in", "path").put("required", true);
        parameter.putObject("schema").put("type", "string");
      }
    }
  }

  private static void addAnyObject(ObjectNode place) {
    place.putObject("content").putObject(JSON).putObject("schema").put("type", "object");
  }

  private static void addError(ObjectNode responses, String code, String meaning) {
    String body = code.equals(UNAVAILABLE) ? "Unavailable" : "Error";
    responses.putObject(code).put(REF, "#/components/responses/" + body).put(DESCRIPTION, meaning);
  }

  /** Calls the variables of {@code path} as {@code template} does, which has the same shape. */
  static void renameVariables(ObjectNode operation, PathTemplate path, PathTemplate template) {
    if (path.equals(template)) {
      return;
    }
    List<String> names = path.segments().stream().map(PathTemplate.Segment::text).toList();
    for (JsonNode parameter : operation.path(PARAMETERS)) {
      int place = names.indexOf(parameter.path("name").asText());
      if (place >= 0 && parameter.path("in").asText().equals("path")) {
        ((ObjectNode) parameter).put("name", template.segments().get(place).text());
      }
    }
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
