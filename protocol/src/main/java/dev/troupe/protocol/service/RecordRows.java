package dev.troupe.protocol.service;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.troupe.protocol.service.SqlValues.ColumnReader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows. A component gets the column of its name in snake_case. What reflection
 * tells of a record is found out once for each class.
 */
final class RecordRows<R extends Record> {
  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
  private static final ClassValue<RecordRows<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordRows<?> computeValue(Class<?> type) {
          return new RecordRows<>(type.asSubclass(Record.class));
        }
      };

  private final Class<R> type;
  private final Column[] columns;
  private final MethodHandle constructor;

  private record Column(String component, String name, boolean nullable, ColumnReader reader) {}

  private RecordRows(Class<R> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    this.columns = Stream.of(components).map(this::column).toArray(Column[]::new);
    try {
      Constructor<R> canonical =
          type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      this.constructor =
          MethodHandles.lookup()
              .unreflectConstructor(canonical)
              .asSpreader(Object[].class, components.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " cannot be created", e);
    }
  }

  @SuppressWarnings("unchecked") // each class has its own
  static <R extends Record> RecordRows<R> of(Class<R> type) {
    return (RecordRows<R>) KNOWN.get(type);
  }

  private Column column(RecordComponent component) {
    ColumnReader reader = SqlValues.reader(component.getType());
    if (reader == null) {
      throw new IllegalArgumentException(
          "%s: component %s is a %s, which no column can be (expected: %s; or give a RowReader)"
              .formatted(
                  type.getName(),
                  component.getName(),
                  component.getType().getSimpleName(),
                  SqlValues.SUPPORTED));
    }
    return new Column(
        component.getName(),
        SNAKE_CASE.translate(component.getName()),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        reader);
  }

  /** A reader of {@code rows} only: it knows the places of their columns. */
  RowReader<R> reader(ResultSet rows) throws SQLException {
    int[] places = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      places[i] = place(rows, columns[i]);
    }
    return row -> read(row, places);
  }

  private int place(ResultSet rows, Column column) throws SQLException {
    try {
      return rows.findColumn(column.name());
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "no column %s for %s of %s: select it, or name one so with AS"
              .formatted(column.name(), column.component(), type.getName()),
          e);
    }
  }

  private R read(ResultSet row, int[] places) throws SQLException {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = value(row, columns[i], places[i]);
    }
    return created(values);
  }

  private @Nullable Object value(ResultSet row, Column column, int place) throws SQLException {
    Object value;
    try {
      value = column.reader().read(row, place);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "column %s cannot be %s of %s: %s"
              .formatted(column.name(), column.component(), type.getName(), e.getMessage()),
          e);
    }
    if (value == null && !column.nullable()) {
      throw new IllegalArgumentException(
          "column %s is NULL, but %s of %s is not @Nullable"
              .formatted(column.name(), column.component(), type.getName()));
    }
    return value;
  }

  private R created(@Nullable Object[] values) {
    try {
      return type.cast((Object) constructor.invokeExact(values));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(
          "%s cannot be made of %s".formatted(type.getName(), Arrays.toString(values)), e);
    }
  }
}
