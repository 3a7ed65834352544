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
  private static final String MALFORMED = "400";
  private static final String UNAVAILABLE = "503";

  // What the gateway, and services in its name, answer to requests of all methods.
  private static final Map<String, String> ERRORS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(MALFORMED, "The request is malformed"),
              Map.entry("404", "There is no such thing"),
              Map.entry("408", "The body did not arrive in time"),
              Map.entry(
                  "412", "The resource has another version, or the action takes no conditions"),
              Map.entry("413", "The body is too large"),
              Map.entry("421", "The Host is no name of this gateway"),
              Map.entry("422", "The request is well-formed, and refused"),
              Map.entry("500", "The service failed"),
              Map.entry(UNAVAILABLE, "No instance can take the request now"),
              Map.entry("504", "The service did not answer in time")));
  private static final Map<String, String> ERRORS_OF_WRITES =
      new TreeMap<>(
          Map.of(
              "403", "A web page of another origin made the browser send the request",
              "409", "The request contradicts what is there, or its Idempotency-Key was used",
              "415", "The Content-Type is not the one of the action"));
  private static final Map<String, String> ERRORS_OF_PAGES =
      new TreeMap<>(
          Map.of(
              MALFORMED,
              "The request is malformed",
              "421",
              "The Host is no name of this gateway",
              "500",
              "The gateway failed",
              UNAVAILABLE,
              "The gateway is starting, and too many requests wait for that"));

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

  /**
   * @param known what the pages answer
   */
  static ObjectNode ofPage(ActionDescriptor page, PageResponses known) {
    ObjectNode operation = object();
    operation.put("summary", page.name().replace('_', ' '));
    addVariables(page.path(), operation.putArray(PARAMETERS));
    ObjectNode responses = operation.putObject(RESPONSES);
    ERRORS_OF_PAGES.forEach((code, meaning) -> addError(responses, code, meaning));
    addError(responses, "default", "Another error");
    known.addTo(page.path(), responses);
    return operation;
  }

  private static void addUnknown(ActionDescriptor action, ObjectNode operation) {
    addVariables(action.path(), operation.putArray(PARAMETERS));
    if (action.maxUpload() != Action.NO_UPLOAD) {
      operation.putObject(BODY).putObject("content").putObject("application/octet-stream");
    } else if (action.method().hasBody()) {
      addAnyObject(operation.putObject(BODY));
    }
    operation
        .putObject(RESPONSES)
        .putObject("2XX")
        .put(DESCRIPTION, "Done")
        .putObject("content")
        .putObject("*/*");
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
    String response =
        switch (code) {
          case MALFORMED -> "Malformed";
          case UNAVAILABLE -> "Unavailable";
          default -> "Error";
        };
    responses
        .putObject(code)
        .put(REF, "#/components/responses/" + response)
        .put(DESCRIPTION, meaning);
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
