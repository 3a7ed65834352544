package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.troupe.protocol.service.ConstraintReader.Presence;
import dev.troupe.protocol.service.ConstraintReader.ValueKind;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out how the components of input records are read. Works once, when a service starts. */
final class InputTypes {
  private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();
  private static final String SUPPORTED =
      "boolean, int, long, float, double, String, BigDecimal, BigInteger, UUID, Instant,"
          + " OffsetDateTime, LocalDate, LocalTime, LocalDateTime, Duration, an enum, a record,"
          + " List, Set or Map<String, …> of these, or JsonNode for any JSON";

  // Those that are being looked at as well, because a record may contain itself.
  private final Map<Class<?>, RecordInput> records = new HashMap<>();

  private InputTypes() {}

  /**
   * @param nullIsAbsent whether a component of {@code type} that is not required may be null
   * @throws IllegalArgumentException when a component cannot be read, or has an annotation that
   *     makes no sense there
   */
  static RecordInput of(Class<? extends Record> type, boolean nullIsAbsent) {
    InputTypes types = new InputTypes();
    return types.fill(new RecordInput(type, nullIsAbsent), type);
  }

  /** The name of a component for clients. */
  static String name(RecordComponent component) {
    return SNAKE_CASE.translate(component.getName());
  }

  private RecordInput record(Class<?> type) {
    RecordInput known = records.get(type);
    if (known != null) {
      return known;
    }
    RecordInput made = new RecordInput(type, true);
    records.put(type, made);
    return fill(made, type);
  }

  private RecordInput fill(RecordInput input, Class<?> type) {
    List<RecordInput.Field> fields = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      String where = "component %s of %s".formatted(component.getName(), type.getName());
      String other = names.putIfAbsent(name, component.getName());
      if (other != null) {
        throw unusable(where, "the name " + name + " for clients, as " + other + " has", "another");
      }
      AnnotatedType annotated = component.getAnnotatedType();
      fields.add(new RecordInput.Field(name, slot(annotated, annotations(type, component), where)));
    }
    input.fields(fields);
    return input;
  }

  // Of the type, and of the field: an annotation before a qualified name like Outer.Inner belongs
  // to the field only.
  private static Collection<Annotation> annotations(Class<?> type, RecordComponent component) {
    Map<Class<?>, Annotation> all = new LinkedHashMap<>();
    try {
      Stream.concat(
              Stream.of(component.getAnnotatedType().getAnnotations()),
              Stream.of(type.getDeclaredField(component.getName()).getAnnotations()))
          .forEach(annotation -> all.put(annotation.annotationType(), annotation));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a component of a record has a field", e);
    }
    return all.values();
  }

  private InputSlot slot(
      AnnotatedType annotated, Collection<Annotation> annotations, String where) {
    annotations.forEach(annotation -> refuseForeign(annotation, where));
    boolean nullable = annotations.stream().anyMatch(Nullable.class::isInstance);
    boolean primitive = annotated.getType() instanceof Class<?> type && type.isPrimitive();
    if (primitive && nullable) {
      throw unusable(where, "@Nullable at a primitive", "a class like Integer or Boolean");
    }
    Presence presence = nullable ? Presence.NULLABLE : Presence.REQUIRED;
    Constraints constraints =
        ConstraintReader.read(
            annotations,
            where,
            kind(rawType(annotated.getType(), where)),
            primitive ? Presence.PRIMITIVE : presence);
    return new InputSlot(type(annotated, constraints, where), !nullable);
  }

  // An annotation that has no effect would be a promise that is not kept.
  private static void refuseForeign(Annotation annotation, String where) {
    Class<?> type = annotation.annotationType();
    String of = "@" + type.getSimpleName() + " of " + type.getPackageName();
    if (type.getPackageName().startsWith("com.fasterxml.jackson")) {
      throw unusable(where, of + ", which input does not follow", "none of Jackson's");
    }
    if (type.getPackageName().startsWith("javax.validation")) {
      throw unusable(where, of, "the one of jakarta.validation");
    }
    if (type.getSimpleName().equals("Nullable") && type != Nullable.class) {
      throw unusable(where, of, "@Nullable of org.jspecify.annotations");
    }
  }

  private static Class<?> rawType(Type type, String where) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    if (type instanceof ParameterizedType parameterized
        && parameterized.getRawType() instanceof Class<?> raw) {
      return raw;
    }
    throw unusable(where, "the type " + type.getTypeName(), SUPPORTED);
  }

  private static ValueKind kind(Class<?> type) {
    if (type == String.class) {
      return ValueKind.TEXT;
    }
    if (IntegerInput.isFor(type)) {
      return ValueKind.INTEGER;
    }
    if (DecimalInput.isFor(type)) {
      return ValueKind.DECIMAL;
    }
    return ListInput.isFor(type) || type == Map.class ? ValueKind.LIST : ValueKind.OTHER;
  }

  private InputType type(AnnotatedType annotated, Constraints constraints, String where) {
    Class<?> type = rawType(annotated.getType(), where);
    if (annotated instanceof AnnotatedParameterizedType parameterized) {
      return container(type, parameterized.getAnnotatedActualTypeArguments(), constraints, where);
    }
    if (type == String.class) {
      return new TextInput(constraints);
    }
    if (IntegerInput.isFor(type)) {
      return new IntegerInput(type, constraints);
    }
    if (DecimalInput.isFor(type)) {
      return new DecimalInput(type, constraints);
    }
    if (type == boolean.class || type == Boolean.class) {
      return ChoiceInput.BOOLEAN;
    }
    if (type.isEnum()) {
      return ChoiceInput.of(type);
    }
    ParsedInput parsed = ParsedInput.BY_TYPE.get(type);
    if (parsed != null) {
      return parsed;
    }
    if (type == JsonNode.class) {
      return JsonInput.ANY;
    }
    if (type.isRecord() && type.getTypeParameters().length == 0) {
      return record(type);
    }
    throw unreadable(type, where);
  }

  private InputType container(
      Class<?> type, AnnotatedType[] arguments, Constraints constraints, String where) {
    if (ListInput.isFor(type)) {
      return new ListInput(
          element(arguments[0], where), type.getSimpleName().equals("Set"), constraints);
    }
    if (type == Map.class) {
      if (arguments[0].getType() != String.class) {
        throw unusable(where, "a Map whose keys are no String", "Map<String, …>");
      }
      return new MapInput(element(arguments[1], where), constraints);
    }
    throw unreadable(type, where);
  }

  private InputSlot element(AnnotatedType annotated, String where) {
    return slot(annotated, List.of(annotated.getAnnotations()), "an element of " + where);
  }

  private static IllegalArgumentException unreadable(Class<?> type, String where) {
    String name = type.getSimpleName();
    if (type.getName().startsWith("java.util.Optional")) {
      return unusable(
          where,
          "the type " + name + ", which cannot tell a field that is absent from one that is null",
          "the type itself with @Nullable of org.jspecify, like @Nullable String");
    }
    if (type == Object.class) {
      return unusable(where, "the type Object, which does not say what to read", SUPPORTED);
    }
    if (ListInput.isFor(type) || type == Map.class) {
      return unusable(where, "a raw " + name, name + " with its types, like List<String>");
    }
    if (type.isArray()) {
      return unusable(where, "the type " + name, "a List");
    }
    return unusable(where, "the type " + type.getName(), SUPPORTED);
  }

  private static IllegalArgumentException unusable(String where, String what, String expected) {
    return new IllegalArgumentException(
        "%s has %s (expected: %s)".formatted(where, what, expected));
  }
}
