package dev.troupe.service.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.service.storage.DataStore;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The import of one service: all of it or nothing. */
final class ServiceImport {
  private final DataStore store;
  private final String service;
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<String, Long> verified = new LinkedHashMap<>();

  private record Target(List<String> columns, List<Integer> types, PreparedStatement insert) {}

  private ServiceImport(DataStore store, String service) {
    this.store = store;
    this.service = service;
  }

  /**
   * @param version of the schema the data is from
   * @throws DataException when the store has another schema, or has data
   */
  static ServiceImport into(DataStore store, String service, String version)
      throws SQLException, DataException {
    try {
      if (!store.version().equals(version)) {
        throw new DataException(
            ("%s: the data is of schema version %s, the store of %s (expected: the same; use one"
                    + " version of the service for both)")
                .formatted(service, version, store.version()));
      }
      for (String table : store.tables()) {
        if (store.count(table) > 0) {
          throw new DataException(
              "%s: table %s has rows already (expected: an empty store). Import into another one"
                  .formatted(service, table));
        }
      }
      return new ServiceImport(store, service);
    } catch (SQLException | DataException e) {
      store.close();
      throw e;
    }
  }

  /** A row of a table, or the number of rows it had. */
  void take(JsonNode line) throws SQLException, IOException, DataException {
    String table = line.path("table").asText();
    if (!store.tables().contains(table)) {
      throw new DataException("%s has no table %s in this version".formatted(service, table));
    }
    if (line.has("row")) {
      insert(table, line.path("row"));
      return;
    }
    long expected = line.path("rows").asLong();
    long found = store.count(table);
    if (found != expected) {
      throw new DataException(
          "%s: table %s got %d rows (expected: %d); nothing was imported"
              .formatted(service, table, found, expected));
    }
    store.continueIds(table, line.path("last_id").asLong());
    verified.put(table, found);
  }

  void commit(PrintStream progress) throws SQLException {
    store.commit();
    verified.forEach((table, rows) -> progress.printf("%s.%s: %d rows%n", service, table, rows));
  }

  void close() throws SQLException {
    store.close();
  }

  private void insert(String table, JsonNode row) throws SQLException, IOException, DataException {
    Target target = targets.get(table);
    if (target == null) {
      target = target(table);
      targets.put(table, target);
    }
    for (String name : (Iterable<String>) row::fieldNames) {
      if (!target.columns().contains(name)) {
        throw new DataException(
            "%s: table %s has no column %s in this version".formatted(service, table, name));
      }
    }
    for (int i = 0; i < target.columns().size(); i++) {
      ColumnCodec.write(
          target.insert(), i + 1, target.types().get(i), row.get(target.columns().get(i)));
    }
    target.insert().executeUpdate();
  }

  private Target target(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    try (Statement statement = store.connection().createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM \"" + table + "\" LIMIT 0")) {
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        columns.add(none.getMetaData().getColumnName(i));
        types.add(none.getMetaData().getColumnType(i));
      }
    }
    String names = columns.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    String marks = columns.stream().map(name -> "?").collect(Collectors.joining(", "));
    return new Target(
        columns,
        types,
        store
            .connection()
            .prepareStatement(
                "INSERT INTO \"%s\" (%s) VALUES (%s)".formatted(table, names, marks)));
  }
}
