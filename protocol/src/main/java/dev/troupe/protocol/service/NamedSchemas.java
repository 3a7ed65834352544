package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The schemas of the records of one service, each under a name of its own: two records may have the
 * same simple name, and a record may contain itself.
 */
final class NamedSchemas {
  /** Where the document has the schemas. */
  private static final String PLACE = "#/components/schemas/";

  // A generic record may contain itself with ever larger types.
  private static final int DEEPEST = 32;

  private final String service;
  private final Map<Object, String> names = new HashMap<>();
  private final ObjectNode all = JsonNodeFactory.instance.objectNode();
  private int depth;

  NamedSchemas(String service) {
    this.service = service;
  }

  /**
   * A reference to the schema of {@code key}.
   *
   * @param simpleName of which the name is made
   * @param content makes the schema, once
   */
  ObjectNode reference(Object key, String simpleName, Supplier<ObjectNode> content) {
    String name = names.get(key);
    if (name == null) {
      if (depth == DEEPEST) {
        return JsonNodeFactory.instance.objectNode();
      }
      name = free(service + "." + simpleName.replaceAll("[^A-Za-z0-9_]", "_"));
      names.put(key, name);
      all.putObject(name);
      depth++;
      all.set(name, content.get());
      depth--;
    }
    return JsonNodeFactory.instance.objectNode().put("$ref", PLACE + name);
  }

  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; all.has(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  ObjectNode all() {
    return all;
  }
}
