package dev.troupe.it.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one document promises. Thread-safe. */
public final class OpenApiContract {
  static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final String JSON = "application/json";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "options", "head", "trace");

  private final JsonNode document;
  private final DocumentedPaths paths;
  private final DocumentSchemas schemas;

  private OpenApiContract(JsonNode document, DocumentSchemas schemas) {
    this.document = document;
    this.paths = new DocumentedPaths(document);
    this.schemas = schemas;
  }

  static OpenApiContract of(String json) {
    try {
      return new OpenApiContract(MAPPER.readTree(json), new DocumentSchemas(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError("/openapi.json is no JSON: " + json, e);
    }
  }

  /** The operations of all paths. */
  public List<DocumentedOperation> operations() {
    List<DocumentedOperation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operations.add(
              new DocumentedOperation(
                  this, operation.getKey(), path.getKey(), operation.getValue()));
        }
      }
    }
    return operations;
  }

  /**
   * Whether a newer document may say more of {@code answer}: this one does not know its path, or
   * its service has not yet said what it answers.
   */
  boolean isVague(ReceivedAnswer answer) {
    if (isOfProgram(answer)) {
      return false;
    }
    return paths
        .find(answer.path())
        .map(
            template ->
                document.path("paths").path(template).path(answer.operation()).path("responses"))
        .map(responses -> responses.has("2XX"))
        .orElse(true);
  }

  boolean isOfProgram(ReceivedAnswer answer) {
    return paths.find(answer.path()).isEmpty() && paths.isOfProgram(answer.path());
  }

  /** In what {@code answer} differs from what the document promises. */
  List<String> faults(ReceivedAnswer answer) {
    Optional<String> template = paths.find(answer.path());
    if (template.isEmpty()) {
      List<String> faults = unlisted(answer);
      if (answer.status() == 405 || answer.status() == 204) {
        faults.add("the status says that there is something at this path, which is not listed");
      }
      return faults;
    }
    String operation = pointer("", "paths", template.get(), answer.operation());
    if (document.at(operation).isMissingNode()) {
      List<String> faults = unlisted(answer);
      if (answer.status() == 404) {
        faults.add("the status says that there is nothing at this path, which is listed");
      }
      return faults;
    }
    return faults(answer, pointer(operation, "responses"));
  }

  private List<String> unlisted(ReceivedAnswer answer) {
    return faults(answer, "/x-troupe-unlisted/responses");
  }

  private List<String> faults(ReceivedAnswer answer, String responses) {
    List<String> faults = new ArrayList<>();
    JsonNode all = document.at(responses);
    String exact = Integer.toString(answer.status());
    String range = exact.charAt(0) + "XX";
    // That other errors are possible is no description of one.
    String status = all.has(exact) || !all.has(range) ? exact : range;
    if (!all.has(status)) {
      List<String> documented = new ArrayList<>();
      all.fieldNames().forEachRemaining(documented::add);
      faults.add("the status is not documented (documented: %s)".formatted(documented));
      return faults;
    }
    String response = resolved(pointer(responses, status));
    addHeaderFaults(answer, document.at(response).path("headers"), faults);
    addContentFaults(answer, pointer(response, "content"), faults);
    return faults;
  }

  private void addHeaderFaults(ReceivedAnswer answer, JsonNode headers, List<String> faults) {
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      boolean required = dereferenced(header.getValue()).path("required").asBoolean();
      if (required && answer.headers().firstValue(header.getKey()).isEmpty()) {
        faults.add("the header %s is missing".formatted(header.getKey()));
      }
    }
  }

  private void addContentFaults(ReceivedAnswer answer, String content, List<String> faults) {
    JsonNode types = document.at(content);
    if (types.isEmpty() || answer.isHead()) {
      if (!answer.body().isEmpty()) {
        faults.add("it has a body, and none is documented");
      }
      return;
    }
    String given = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String type = types.has(given) ? given : "*/*";
    if (!types.has(type)) {
      List<String> documented = new ArrayList<>();
      types.fieldNames().forEachRemaining(documented::add);
      faults.add("the Content-Type is not documented (documented: %s)".formatted(documented));
      return;
    }
    String schema = pointer(content, type, "schema");
    if (!type.equals(JSON) || document.at(schema).isMissingNode()) {
      return;
    }
    try {
      faults.addAll(schemas.faults(schema, MAPPER.readTree(answer.body())));
    } catch (JsonProcessingException e) {
      faults.add("the body is no JSON: " + e.getOriginalMessage());
    }
  }

  List<String> faults(String schema, JsonNode value) {
    return schemas.faults(schema, value);
  }

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  JsonNode dereferenced(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** The pointer to what is at {@code pointer}, or to what the reference there leads to. */
  String resolved(String pointer) {
    JsonNode node = document.at(pointer);
    return node.has("$ref") ? node.get("$ref").asText().substring(1) : pointer;
  }

  static String pointer(String base, String... keys) {
    StringBuilder pointer = new StringBuilder(base);
    for (String key : keys) {
      pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
