package dev.troupe.it.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas inside of one document, each compiled when it is used first. The dialect is that of
 * OpenAPI 3.1: JSON Schema 2020-12 with the formats of integers. Thread-safe.
 */
final class DocumentSchemas {
  private static final String DOCUMENT = "urn:troupe:openapi";
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .format(new IntegerFormat("int32"))
          .format(new IntegerFormat("int64"))
          .build();
  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();

  private final SchemaRegistry registry;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  DocumentSchemas(String document) {
    registry =
        SchemaRegistry.withDefaultDialect(
            DIALECT,
            builder -> builder.schemas(Map.of(DOCUMENT, document)).schemaRegistryConfig(CONFIG));
  }

  /**
   * What is wrong with {@code value}, if anything.
   *
   * @param pointer to the schema, as a JSON pointer into the document
   */
  List<String> faults(String pointer, JsonNode value) {
    return compiled
        .computeIfAbsent(
            pointer, place -> registry.getSchema(SchemaLocation.of(DOCUMENT + "#" + place)))
        .validate(value)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** JSON Schema leaves these to OpenAPI, whose registry of formats has them. */
  private record IntegerFormat(String name) implements Format {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext execution, SchemaContext schema, JsonNode value) {
      return !value.isNumber()
          || (name.equals("int32") ? value.canConvertToInt() : value.canConvertToLong());
    }
  }
}
