package dev.troupe.gateway.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ResponseSchemas;
import java.util.Map;
import java.util.TreeMap;

/** What the gateway's own pages answer, in OpenAPI, made from the records that they write. */
final class PageResponses {
  private static final String REF = "$ref";
  private static final String DESCRIPTION = "description";
  private static final String HEADERS = "headers";

  private final Map<String, ObjectNode> bodies = new TreeMap<>();
  private final ObjectNode schemas;

  PageResponses() {
    ResponseSchemas made = new ResponseSchemas("gateway");
    // In one order, so that each schema has the same name in every gateway.
    Map<String, Class<? extends Record>> types = new TreeMap<>();
    StatusPage.bodies().forEach((path, body) -> types.put(path.toString(), body));
    types.forEach((path, body) -> bodies.put(path, made.of(body)));
    this.schemas = made.all();
  }

  /** The schemas that the responses refer to, by name. */
  ObjectNode schemas() {
    return schemas.deepCopy();
  }

  /**
   * @param responses of the page at {@code path}, by status; those that only it has are added
   */
  void addTo(PathTemplate path, ObjectNode responses) {
    ObjectNode body = bodies.get(path.toString());
    add(responses, "200", "The state", body.deepCopy());
    if (path.equals(GatewayPaths.INDEX)) {
      ObjectNode redirect = responses.putObject("303");
      redirect.put(DESCRIPTION, "To the documentation, for browsers (Accept: text/html)");
      ObjectNode headers = redirect.putObject(HEADERS);
      headers.putObject("X-Request-Id").put(REF, "#/components/headers/RequestId");
      headers.putObject("Location").put(REF, "#/components/headers/Location");
    } else if (path.equals(GatewayPaths.HEALTH)) {
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either
          .putArray("anyOf")
          .add(body.deepCopy())
          .addObject()
          .put(REF, "#/components/schemas/Error");
      add(responses, "503", "A service has no instance that is ready", either);
    } else if (path.equals(GatewayPaths.SERVICE_HEALTH)) {
      responses
          .putObject("404")
          .put(REF, "#/components/responses/Error")
          .put(DESCRIPTION, "There is no such service");
    }
  }

  private static void add(
      ObjectNode responses, String code, String description, ObjectNode schema) {
    ObjectNode response = responses.putObject(code).put(DESCRIPTION, description);
    response
        .putObject(HEADERS)
        .putObject("X-Request-Id")
        .put(REF, "#/components/headers/RequestId");
    response.putObject("content").putObject("application/json").set("schema", schema);
  }
}
