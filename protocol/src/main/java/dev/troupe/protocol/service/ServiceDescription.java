package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a service says of its actions in OpenAPI: {@code {"operations": {NAME: …}, "schemas": {…}}}.
 * An instance makes it when it is asked for the first time. The gateway adds the paths and the
 * errors, which are the same for all services.
 */
public final class ServiceDescription {
  /** The name of the action that every service answers with it. No action of a service has it. */
  public static final String ACTION = "$describe";

  private static final String JSON = "application/json";
  private static final String ANY = "*/*";
  private static final String SCHEMA = "schema";
  private static final String HEADERS = "headers";
  private static final String CONTENT = "content";
  private static final String DESCRIPTION = "description";
  private static final String REQUIRED = "required";

  // OpenAPI describes these elsewhere, and ignores parameters of their names.
  private static final Set<String> NO_PARAMETERS =
      Set.of("accept", "content-type", "authorization");

  private final NamedSchemas schemas;
  private final OutputSchemas outputs;

  private ServiceDescription(String service) {
    this.schemas = new NamedSchemas(service);
    this.outputs = new OutputSchemas(schemas);
  }

  static JsonBytes of(ServiceDescriptor descriptor, List<Actions.Bound<?, ?>> actions) {
    Set<String> reached =
        descriptor.actions().stream()
            .map(ActionDescriptor::name)
            .collect(Collectors.toUnmodifiableSet());
    ServiceDescription description = new ServiceDescription(descriptor.service());
    ObjectNode whole = object();
    ObjectNode operations = whole.putObject("operations");
    for (Actions.Bound<?, ?> bound : actions) {
      if (reached.contains(bound.action().name())) {
        operations.set(
            bound.action().name(), description.operation(bound.action(), bound.reader().input()));
      }
    }
    whole.set("schemas", description.schemas.all());
    return JsonBytes.of(Json.write(whole));
  }

  private ObjectNode operation(Action<?, ?> action, RecordInput input) {
    ObjectNode operation = object();
    ArrayNode parameters = operation.putArray("parameters");
    Set<String> variables = action.path().variables();
    for (RecordInput.Field field : input.fields()) {
      boolean inPath = variables.contains(field.name());
      if (inPath || !action.hasInputInBody()) {
        parameters
            .addObject()
            .put("name", field.name())
            .put("in", inPath ? "path" : "query")
            .put(REQUIRED, inPath || field.slot().required())
            .set(SCHEMA, field.slot().type().schema(schemas));
      }
    }
    addHeaders(action, parameters);
    if (action.isUpload()) {
      ObjectNode body = operation.putObject("requestBody").put(REQUIRED, true);
      body.putObject(CONTENT).putObject("application/octet-stream");
    } else if (action.hasInputInBody()) {
      ObjectNode schema = input.schema(schemas, variables);
      schema.put("title", action.input().getSimpleName());
      ObjectNode body = operation.putObject("requestBody").put(REQUIRED, schema.has(REQUIRED));
      body.putObject(CONTENT).putObject(JSON).set(SCHEMA, schema);
    }
    operation.set("responses", responses(action));
    return operation;
  }

  private static void addHeaders(Action<?, ?> action, ArrayNode parameters) {
    boolean write = action.method() != HttpMethod.GET;
    if (write && !action.isUnrepeatable()) {
      parameters.add(parameter("IdempotencyKey"));
    }
    if (action.guarded() && write) {
      parameters.add(parameter("IfMatch"));
    }
    if (action.metadata().version() != null && !write) {
      parameters.add(parameter("IfNoneMatch"));
    }
    for (String header : action.headers()) {
      if (!NO_PARAMETERS.contains(header)) {
        ObjectNode asked = parameters.addObject().put("name", header).put("in", "header");
        asked.putObject(SCHEMA).put("type", "string");
      }
    }
  }

  private ObjectNode responses(Action<?, ?> action) {
    ObjectNode responses = object();
    ObjectNode success = responses.putObject(String.valueOf(action.success().httpCode()));
    success.put(DESCRIPTION, "Done");
    ObjectNode headers = success.putObject(HEADERS);
    headers.set("X-Request-Id", header("RequestId"));
    if (action.metadata().location() != null) {
      headers.set("Location", header("Location"));
    }
    if (action.metadata().version() != null) {
      headers.set("ETag", header("ETag"));
    }
    if (action.metadata().next() != null) {
      headers.set("Link", header("Link"));
    }
    if (action.output() == EventStream.class) {
      success.putObject(CONTENT).putObject("text/event-stream");
    } else if (action.isStreamed() || action.output() == Content.class) {
      success.putObject(CONTENT).putObject(ANY);
    } else if (action.output() != NoContent.class) {
      success.putObject(CONTENT).putObject(JSON).set(SCHEMA, outputs.answer(action.output()));
    }
    if (action.metadata().version() != null && action.method() == HttpMethod.GET) {
      ObjectNode unchanged = responses.putObject("304");
      unchanged.put(DESCRIPTION, "The client has this version already");
      unchanged.putObject(HEADERS).set("ETag", header("ETag"));
    }
    return responses;
  }

  private static ObjectNode parameter(String name) {
    return object().put("$ref", "#/components/parameters/" + name);
  }

  private static ObjectNode header(String name) {
    return object().put("$ref", "#/components/headers/" + name);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
