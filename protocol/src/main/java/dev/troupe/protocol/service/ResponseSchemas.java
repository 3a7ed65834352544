package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;

/**
 * Says in JSON Schema how {@link Json} writes records that are no outputs of actions. Not
 * thread-safe.
 */
public final class ResponseSchemas {
  private final NamedSchemas named;
  private final OutputSchemas outputs;

  /**
   * @param owner begins the names of the schemas, like the name of a service
   */
  public ResponseSchemas(String owner) {
    this.named = new NamedSchemas(owner);
    this.outputs = new OutputSchemas(named);
  }

  /** The schema of {@code type}, which refers to those in {@link #all}. */
  public ObjectNode of(Class<? extends Record> type) {
    return outputs.of(type);
  }

  /** The schemas that others refer to, by name, for {@code #/components/schemas} of a document. */
  public ObjectNode all() {
    return named.all().deepCopy();
  }
}
