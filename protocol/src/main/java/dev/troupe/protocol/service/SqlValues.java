package dev.troupe.protocol.service;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that columns and parameters can have, and how the store keeps them. */
final class SqlValues {
  static final String SUPPORTED =
      "int, long, boolean, double, String, BigDecimal, UUID, Instant, LocalDate, byte[] or an enum";

  private SqlValues() {}

  /** Reads one column of the current row; null if it is NULL. */
  @FunctionalInterface
  interface ColumnReader {
    @Nullable Object read(ResultSet row, int column) throws SQLException;
  }

  private static final Map<Class<?>, ColumnReader> READERS =
      Map.ofEntries(
          Map.entry(int.class, (row, column) -> notNull(row, row.getInt(column))),
          Map.entry(Integer.class, (row, column) -> notNull(row, row.getInt(column))),
          Map.entry(long.class, (row, column) -> notNull(row, row.getLong(column))),
          Map.entry(Long.class, (row, column) -> notNull(row, row.getLong(column))),
          Map.entry(boolean.class, (row, column) -> notNull(row, row.getBoolean(column))),
          Map.entry(Boolean.class, (row, column) -> notNull(row, row.getBoolean(column))),
          Map.entry(double.class, (row, column) -> notNull(row, row.getDouble(column))),
          Map.entry(Double.class, (row, column) -> notNull(row, row.getDouble(column))),
          Map.entry(String.class, ResultSet::getString),
          Map.entry(BigDecimal.class, ResultSet::getBigDecimal),
          Map.entry(byte[].class, ResultSet::getBytes),
          Map.entry(UUID.class, text(UUID::fromString)),
          Map.entry(LocalDate.class, text(LocalDate::parse)),
          Map.entry(Instant.class, SqlValues::instant));

  /** Null if no column can have this type. */
  static @Nullable ColumnReader reader(Class<?> type) {
    return type.isEnum() ? constant(type) : READERS.get(type);
  }

  private static @Nullable Object notNull(ResultSet row, Object value) throws SQLException {
    return row.wasNull() ? null : value;
  }

  private static ColumnReader text(Function<String, Object> parsed) {
    return (row, column) -> {
      String text = row.getString(column);
      return text == null ? null : parsed.apply(text);
    };
  }

  private static @Nullable Object instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static ColumnReader constant(Class<?> type) {
    Map<String, Object> constants =
        Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
            .collect(Collectors.toUnmodifiableMap(one -> name((Enum<?>) one), one -> one));
    return text(
        name -> {
          Object constant = constants.get(name.toLowerCase(Locale.ROOT));
          if (constant == null) {
            throw new IllegalArgumentException(
                "'%s' is none of %s"
                    .formatted(name, constants.keySet().stream().sorted().toList()));
          }
          return constant;
        });
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Boolean bool) {
      statement.setBoolean(index, bool);
    } else if (value instanceof Double number) {
      statement.setDouble(index, number);
    } else if (value instanceof BigDecimal number) {
      statement.setBigDecimal(index, number);
    } else if (value instanceof Instant time) {
      statement.setLong(index, time.toEpochMilli());
    } else if (value instanceof UUID || value instanceof LocalDate) {
      statement.setString(index, value.toString());
    } else if (value instanceof Enum<?> constant) {
      statement.setString(index, name(constant));
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value == null) {
      statement.setObject(index, null);
    } else {
      throw new IllegalArgumentException(
          "parameter %d is a %s (expected: %s)"
              .formatted(index, value.getClass().getName(), SUPPORTED));
    }
  }
}
