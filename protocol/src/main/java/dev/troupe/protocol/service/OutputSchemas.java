package dev.troupe.protocol.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in JSON Schema how {@link Json#MAPPER} writes the outputs of actions. A value whose form it
 * cannot tell gets the schema that everything fits.
 */
final class OutputSchemas {
  private static final SerializationConfig WRITTEN = Json.MAPPER.getSerializationConfig();
  private static final Map<Class<?>, String> INTEGERS =
      Map.of(
          int.class, "int32",
          Integer.class, "int32",
          short.class, "int32",
          Short.class, "int32",
          byte.class, "int32",
          Byte.class, "int32",
          long.class, "int64",
          Long.class, "int64");
  private static final Map<Class<?>, String> DECIMALS =
      Map.of(
          double.class,
          "double",
          Double.class,
          "double",
          float.class,
          "float",
          Float.class,
          "float");
  private static final Set<Class<?>> TEXTS = Set.of(String.class, char.class, Character.class);

  private final NamedSchemas named;

  OutputSchemas(NamedSchemas named) {
    this.named = named;
  }

  /** The schema of an output as clients get it, with the fields that every answer has. */
  ObjectNode answer(Class<? extends Record> output) {
    ObjectNode schema = ConstraintSchemas.ofType("object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("status").put("const", "success");
    ArrayNode required = schema.putArray("required").add("status");
    addFields(WRITTEN.constructType(output), properties, required);
    properties.putObject("request_id").put("type", "string");
    required.add("request_id");
    return schema;
  }

  /** The schema of a record as it is written, without other fields. */
  ObjectNode of(Class<? extends Record> type) {
    return record(WRITTEN.constructType(type));
  }

  private ObjectNode record(JavaType type) {
    ObjectNode schema = ConstraintSchemas.ofType("object");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    addFields(type, schema.putObject("properties"), required);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private void addFields(JavaType type, ObjectNode properties, ArrayNode required) {
    BeanDescription bean = WRITTEN.introspect(type);
    JsonInclude.Value ofType = bean.findPropertyInclusion(WRITTEN.getDefaultPropertyInclusion());
    Map<String, AnnotatedType> components = components(type.getRawClass());
    for (BeanPropertyDefinition property : bean.findProperties()) {
      AnnotatedMember accessor = property.getAccessor();
      if (accessor == null) {
        continue;
      }
      AnnotatedType component = components.get(property.getInternalName());
      boolean nullable = component == null || isNullable(component);
      JsonInclude.Include written =
          ofType.withOverrides(property.findInclusion()).getValueInclusion();
      boolean always = written == JsonInclude.Include.ALWAYS;
      ObjectNode schema = schema(accessor.getType(), component);
      properties.set(property.getName(), nullable && always ? InputSlot.orNull(schema) : schema);
      if (always || (written == JsonInclude.Include.NON_NULL && !nullable)) {
        required.add(property.getName());
      }
    }
  }

  private static Map<String, AnnotatedType> components(Class<?> type) {
    Map<String, AnnotatedType> components = new HashMap<>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        components.put(component.getName(), component.getAnnotatedType());
      }
    }
    return components;
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  /**
   * @param annotated the type as the program writes it; null if that is not known
   */
  private ObjectNode schema(JavaType type, @Nullable AnnotatedType annotated) {
    Class<?> raw = type.getRawClass();
    ParsedInput parsed = ParsedInput.BY_TYPE.get(raw);
    if (parsed != null) {
      return parsed.schema(named);
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return ConstraintSchemas.ofType("boolean");
    }
    if (TEXTS.contains(raw)) {
      return ConstraintSchemas.ofType("string");
    }
    if (INTEGERS.containsKey(raw)) {
      return ConstraintSchemas.ofType("integer").put("format", INTEGERS.get(raw));
    }
    if (raw == BigInteger.class) {
      return ConstraintSchemas.ofType("integer");
    }
    if (raw == BigDecimal.class) {
      return ConstraintSchemas.ofType("number");
    }
    if (DECIMALS.containsKey(raw)) {
      return ConstraintSchemas.ofType("number").put("format", DECIMALS.get(raw));
    }
    if (raw == byte[].class) {
      return ConstraintSchemas.ofType("string").put("contentEncoding", "base64");
    }
    return type.isContainerType() ? container(type, annotated) : named(type);
  }

  private ObjectNode container(JavaType type, @Nullable AnnotatedType annotated) {
    AnnotatedType content = content(annotated);
    if (type.isMapLikeType()) {
      ObjectNode schema = ConstraintSchemas.ofType("object");
      schema.set("additionalProperties", schema(type.getContentType(), content));
      return schema;
    }
    ObjectNode items = schema(type.getContentType(), content);
    ObjectNode schema = ConstraintSchemas.ofType("array");
    schema.set("items", content != null && isNullable(content) ? InputSlot.orNull(items) : items);
    return schema;
  }

  // The elements of a list, and the values of a map, are the last parameter of the type.
  private static @Nullable AnnotatedType content(@Nullable AnnotatedType annotated) {
    if (annotated instanceof AnnotatedParameterizedType parameterized) {
      AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    return null;
  }

  private ObjectNode named(JavaType type) {
    Class<?> raw = type.getRawClass();
    BeanDescription bean = WRITTEN.introspect(type);
    AnnotatedMember value = bean.findJsonValueAccessor();
    if (value != null && !raw.isEnum()) {
      return schema(value.getType(), null);
    }
    if (raw.isEnum()) {
      return ChoiceInput.of(raw).schema(named);
    }
    if (!raw.isRecord() || bean.getClassAnnotations().has(JsonTypeInfo.class)) {
      return JsonNodeFactory.instance.objectNode();
    }
    return named.reference(type, raw.getSimpleName(), () -> record(type));
  }
}
