package dev.troupe.service.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.service.storage.DataStore;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Writes the data of all services as JSON lines: of each service a line that names it, then of each
 * table its rows, then a line with their number.
 */
final class DataExport {
  private final Settings settings;
  private final PrintStream progress;

  DataExport(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @throws DataException when no service has data
   * @throws UnusableStorageException when a store cannot be read, naming it
   */
  void to(Writer out) throws IOException, SQLException, UnusableStorageException, DataException {
    int written = 0;
    for (ServiceSettings service : settings.services()) {
      Optional<DataStore> found =
          DataStore.existing(service.name(), settings.storage(), settings.run().resolve("tmp"));
      if (found.isPresent()) {
        written += write(service.name(), found.get(), out) ? 1 : 0;
      } else {
        progress.println(service.name() + ": no data");
      }
    }
    if (written == 0) {
      throw new DataException("no service of the settings has data: there is nothing to export");
    }
    line(out, Json.MAPPER.createObjectNode().put("end", true));
  }

  private boolean write(String service, DataStore opened, Writer out)
      throws IOException, SQLException, UnusableStorageException {
    try (DataStore store = opened) {
      return writeAll(service, store, out);
    } catch (SQLException e) {
      throw opened.explained(e);
    }
  }

  private boolean writeAll(String service, DataStore store, Writer out)
      throws IOException, SQLException {
    Optional<String> migrations = store.migrations();
    if (migrations.isEmpty()) {
      progress.println(service + ": no data");
      return false;
    }
    line(
        out,
        Json.MAPPER
            .createObjectNode()
            .put("service", service)
            .put("migrations", migrations.get())
            .put("version", store.version()));
    for (String table : store.tables()) {
      long rows = write(table, store.connection(), out);
      ObjectNode end = Json.MAPPER.createObjectNode().put("table", table).put("rows", rows);
      store.lastId(table).ifPresent(last -> end.put("last_id", last));
      line(out, end);
      progress.printf("%s.%s: %d rows%n", service, table, rows);
    }
    return true;
  }

  private static long write(String table, Connection connection, Writer out)
      throws IOException, SQLException {
    long count = 0;
    try (Statement statement = connection.createStatement()) {
      // Without it the whole table would be read into memory at once.
      statement.setFetchSize(1000);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
        while (rows.next()) {
          ObjectNode cells = Json.MAPPER.createObjectNode();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            cells.set(rows.getMetaData().getColumnName(i), ColumnCodec.read(rows, i));
          }
          ObjectNode row = Json.MAPPER.createObjectNode().put("table", table);
          row.set("row", cells);
          line(out, row);
          count++;
        }
      }
    }
    return count;
  }

  private static void line(Writer out, ObjectNode node) throws IOException {
    out.write(Json.MAPPER.writeValueAsString(node));
    out.write('\n');
  }
}
