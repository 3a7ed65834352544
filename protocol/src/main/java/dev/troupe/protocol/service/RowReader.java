package dev.troupe.protocol.service;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a value of the current row. */
@FunctionalInterface
public interface RowReader<T> {
  T read(ResultSet row) throws SQLException;
}
