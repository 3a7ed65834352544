package dev.troupe.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The document in OpenAPI 3.1, made of what is the same for all and of what the services say. */
final class OpenApiDocument {
  private static final Set<PathTemplate> NOT_LISTED =
      Set.of(GatewayPaths.OPENAPI, GatewayPaths.DOCS, GatewayPaths.DOCS_FILE);

  private final ObjectNode whole = common();
  private final ObjectNode paths = (ObjectNode) whole.get("paths");
  // OpenAPI takes paths that differ in the names of their variables only for the same.
  private final Map<String, PathTemplate> templates = new HashMap<>();

  private OpenApiDocument() {}

  /**
   * @param services in the order in which they get paths that two of them have
   * @param descriptions what services say of themselves, by name
   */
  static ObjectNode of(
      String version, List<ServiceDescriptor> services, Map<String, JsonNode> descriptions) {
    OpenApiDocument document = new OpenApiDocument();
    document.whole.withObject("/info").put("version", version);
    PageResponses pages = new PageResponses();
    document.whole.withObject("/components/schemas").setAll(pages.schemas());
    for (ActionDescriptor page : GatewayPaths.DESCRIPTOR.actions()) {
      if (!NOT_LISTED.contains(page.path())) {
        document.add("gateway", page, Operations.ofPage(page, pages));
      }
    }
    for (ServiceDescriptor service : services) {
      document.add(service, descriptions.get(service.service()));
    }
    return document.whole;
  }

  private void add(ServiceDescriptor service, JsonNode description) {
    ObjectNode tag = whole.withArray("/tags").addObject().put("name", service.service());
    for (ActionDescriptor action : service.actions()) {
      if (action.prefix()) {
        tag.put(
            "description",
            "A program, which gets all requests to %s and says itself what it does with them"
                .formatted(action.shownPath()));
        tag.put("x-troupe-prefix", action.path().toString());
      } else {
        JsonNode said =
            description == null ? null : description.at("/operations").get(action.name());
        add(service.service(), action, Operations.of(action, said));
      }
    }
    if (description != null && description.get("schemas") instanceof ObjectNode schemas) {
      whole.withObject("/components/schemas").setAll(schemas);
    }
  }

  private void add(String owner, ActionDescriptor action, ObjectNode operation) {
    String place = action.place();
    String shape = place.substring(place.indexOf(' ') + 1);
    PathTemplate template = templates.computeIfAbsent(shape, first -> action.path());
    ObjectNode item =
        paths.get(template.toString()) instanceof ObjectNode known
            ? known
            : paths.putObject(template.toString());
    String method = action.method().name().toLowerCase(Locale.ROOT);
    if (item.has(method)) {
      return;
    }
    Operations.renameVariables(operation, action.path(), template);
    operation.put("operationId", owner + "." + action.name());
    operation.putArray("tags").add(owner);
    item.set(method, operation);
  }

  private static ObjectNode common() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("common.json")) {
      return (ObjectNode) Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("common.json is in the jar of the gateway", e);
    }
  }
}
