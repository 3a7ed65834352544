package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads records, and makes them with their canonical constructor. */
final class RecordInput implements InputType {
  /**
   * @param name as the client writes it
   */
  record Field(String name, InputSlot slot) {}

  private final Class<?> type;
  private final MethodHandle constructor;
  private final boolean nullIsAbsent;
  // Given later, because a record may contain itself.
  private List<Field> fields = List.of();

  /**
   * @param nullIsAbsent whether a component that is not required may be null
   */
  RecordInput(Class<?> type, boolean nullIsAbsent) {
    this.type = type;
    this.constructor = constructor(type);
    this.nullIsAbsent = nullIsAbsent;
  }

  private static MethodHandle constructor(Class<?> type) {
    Class<?>[] components =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(components);
      canonical.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, components.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the constructor of %s cannot be called (expected: a record that the class path has): %s"
              .formatted(type.getName(), e),
          e);
    }
  }

  void fields(List<Field> all) {
    fields = List.copyOf(all);
  }

  List<Field> fields() {
    return fields;
  }

  @Override
  public @Nullable Object read(JsonNode given, InputPath path, InputFaults faults) {
    if (!given.isObject()) {
      faults.malformed(path, "type", mistyped(given));
      return null;
    }
    int before = faults.count();
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length && !faults.isFull(); i++) {
      values[i] = value(fields.get(i), given, path, faults);
    }
    return faults.count() > before ? null : made(values, path, faults);
  }

  private @Nullable Object value(Field field, JsonNode given, InputPath path, InputFaults faults) {
    InputSlot slot = field.slot();
    JsonNode value = given.get(field.name());
    if (value == null) {
      if (slot.required()) {
        String what = "is missing (expected: " + slot.type().expected() + ")";
        faults.malformed(path.field(field.name()), "missing", what);
      }
      return null;
    }
    InputPath here = path.field(field.name());
    if (value.isNull() && !nullIsAbsent) {
      faults.malformed(here, "type", slot.type().mistyped(value));
      return null;
    }
    return slot.read(value, here, faults);
  }

  /**
   * The JSON Schema of the record itself.
   *
   * @param without the names of fields that come from elsewhere
   */
  ObjectNode schema(NamedSchemas named, Set<String> without) {
    ObjectNode schema = ConstraintSchemas.ofType("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Field field : fields) {
      if (!without.contains(field.name())) {
        InputSlot slot = field.slot();
        properties.set(field.name(), nullIsAbsent ? slot.schema(named) : slot.type().schema(named));
        if (slot.required()) {
          required.add(field.name());
        }
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private @Nullable Object made(@Nullable Object[] values, InputPath path, InputFaults faults) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (InvalidInputException e) {
      faults.thrown(path, e);
      return null;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a constructor of a record threw " + e, e);
    }
  }

  @Override
  public ObjectNode schema(NamedSchemas named) {
    return named.reference(type, type.getSimpleName() + "Input", () -> schema(named, Set.of()));
  }

  @Override
  public String expected() {
    return "an object";
  }
}
