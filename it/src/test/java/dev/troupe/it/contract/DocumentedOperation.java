package dev.troupe.it.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A method of a path.
 *
 * @param key of the method in the path item, in lower case
 */
public record DocumentedOperation(
    OpenApiContract contract, String key, String template, JsonNode node) {
  private static final String BODY = "requestBody";

  public String id() {
    return node.path("operationId").asText();
  }

  String method() {
    return key.toUpperCase(Locale.ROOT);
  }

  /** Its parameters, with their schemas. */
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < node.path("parameters").size(); i++) {
      String place = contract.resolved(pointer("parameters", Integer.toString(i)));
      JsonNode parameter = contract.at(place);
      parameters.add(
          new Parameter(
              parameter.path("name").asText(),
              parameter.path("in").asText(),
              parameter.path("required").asBoolean(),
              OpenApiContract.pointer(place, "schema")));
    }
    return parameters;
  }

  /** The pointer to the schema of its body in JSON, if it takes one. */
  Optional<String> bodySchema() {
    String schema = pointer(BODY, "content", "application/json", "schema");
    return contract.at(schema).isMissingNode() ? Optional.empty() : Optional.of(schema);
  }

  boolean isBodyRequired() {
    return node.path(BODY).path("required").asBoolean();
  }

  private String pointer(String... keys) {
    return OpenApiContract.pointer(OpenApiContract.pointer("", "paths", template, key), keys);
  }

  /**
   * @param in path, query or header
   * @param schema a pointer into the document
   */
  record Parameter(String name, String in, boolean required, String schema) {}
}
