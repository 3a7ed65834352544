package dev.troupe.protocol.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statements on a connection, with {@code ?} in the places of parameters.
 *
 * <p>Rows become records: a component gets the column of its name in snake_case. Components and
 * parameters are int, long, boolean, double, String, BigDecimal, UUID and LocalDate (stored as
 * text), Instant (as milliseconds since 1970), byte[], or enums (as their name in lower case). A
 * column that may be NULL belongs to a {@code @Nullable} component. Other types need a {@link
 * RowReader}.
 */
public final class Sql {
  private final Connection connection;

  /**
   * @param connection stays open
   */
  public Sql(Connection connection) {
    this.connection = connection;
  }

  /** For what this class does not do. It must neither be kept nor closed. */
  public Connection connection() {
    return connection;
  }

  /**
   * @return how many rows were inserted, updated or deleted
   */
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /**
   * Runs one statement for each of {@code items}, all at once.
   *
   * @param parameters of the statement for an item
   */
  public <T> void batch(
      String sql, Iterable<T> items, Function<? super T, @Nullable Object[]> parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T item : items) {
        bind(statement, parameters.apply(item));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** The first row, if there is one. */
  public <R extends Record> Optional<R> find(
      Class<R> type, String sql, @Nullable Object... parameters) throws SQLException {
    return query(
        sql,
        parameters,
        rows -> rows.next() ? Optional.of(reader(type, rows).read(rows)) : Optional.empty());
  }

  /** The first row, if there is one. */
  public <T> Optional<T> find(RowReader<T> reader, String sql, @Nullable Object... parameters)
      throws SQLException {
    return query(
        sql, parameters, rows -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty());
  }

  /**
   * The first row, of which the statement is sure.
   *
   * @throws IllegalStateException when there is none
   */
  public <R extends Record> R one(Class<R> type, String sql, @Nullable Object... parameters)
      throws SQLException {
    return find(type, sql, parameters).orElseThrow(() -> noRow(sql));
  }

  /**
   * The first row, of which the statement is sure.
   *
   * @throws IllegalStateException when there is none
   */
  public <T> T one(RowReader<T> reader, String sql, @Nullable Object... parameters)
      throws SQLException {
    return find(reader, sql, parameters).orElseThrow(() -> noRow(sql));
  }

  private static IllegalStateException noRow(String sql) {
    return new IllegalStateException("no row (expected: one): " + sql);
  }

  /** All rows. */
  public <R extends Record> List<R> list(Class<R> type, String sql, @Nullable Object... parameters)
      throws SQLException {
    return query(sql, parameters, rows -> all(rows, reader(type, rows)));
  }

  /** All rows. */
  public <T> List<T> list(RowReader<T> reader, String sql, @Nullable Object... parameters)
      throws SQLException {
    return query(sql, parameters, rows -> all(rows, reader));
  }

  /**
   * A page of a list.
   *
   * @param id the key of an item
   * @param sql a query that orders by the key and has {@code page.after()} and, as its limit,
   *     {@code page.rows()} among its parameters
   */
  public <R extends Record> ListPage<R> page(
      Paging.Request page,
      Class<R> type,
      ToLongFunction<R> id,
      String sql,
      @Nullable Object... parameters)
      throws SQLException {
    return query(sql, parameters, rows -> ListPage.read(rows, page, reader(type, rows), id));
  }

  private static <R extends Record> RowReader<R> reader(Class<R> type, ResultSet rows)
      throws SQLException {
    return RecordRows.of(type).reader(rows);
  }

  private static <T> List<T> all(ResultSet rows, RowReader<T> reader) throws SQLException {
    List<T> all = new ArrayList<>();
    while (rows.next()) {
      all.add(reader.read(rows));
    }
    return all;
  }

  private <T> T query(String sql, @Nullable Object[] parameters, RowReader<T> read)
      throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return read.read(rows);
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object[] parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, parameters);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      SqlValues.bind(statement, i + 1, parameters[i]);
    }
  }
}
