package dev.troupe.service.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Converts column values to JSON and back. Bytes are {@code {"base64": …}}. */
final class ColumnCodec {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String BYTES = "base64";

  private ColumnCodec() {}

  static JsonNode read(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof byte[] bytes) {
      ObjectNode node = JSON.objectNode();
      node.put(BYTES, bytes);
      return node;
    }
    if (value instanceof Boolean bool) {
      return JSON.booleanNode(bool);
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return JSON.numberNode(((Number) value).longValue());
    }
    if (value instanceof Double || value instanceof Float) {
      return JSON.numberNode(((Number) value).doubleValue());
    }
    return JSON.textNode(row.getString(column));
  }

  /**
   * @param type of the column, of {@link Types}
   */
  static void write(PreparedStatement insert, int parameter, int type, @Nullable JsonNode cell)
      throws SQLException, IOException {
    if (cell == null || cell.isNull()) {
      insert.setNull(parameter, type);
    } else if (cell.isObject()) {
      insert.setBytes(parameter, cell.path(BYTES).binaryValue());
    } else if (cell.isTextual()) {
      // With the type of the column, for which JDBC may have no setter.
      insert.setObject(parameter, cell.textValue(), isText(type) ? Types.VARCHAR : Types.OTHER);
    } else if (type == Types.BOOLEAN || type == Types.BIT) {
      insert.setBoolean(parameter, cell.asBoolean() || cell.asLong() != 0);
    } else if (cell.isIntegralNumber()) {
      insert.setLong(parameter, cell.longValue());
    } else if (cell.isBoolean()) {
      insert.setLong(parameter, cell.booleanValue() ? 1 : 0);
    } else {
      insert.setDouble(parameter, cell.doubleValue());
    }
  }

  private static boolean isText(int type) {
    return type == Types.VARCHAR || type == Types.CHAR || type == Types.LONGVARCHAR;
  }
}
