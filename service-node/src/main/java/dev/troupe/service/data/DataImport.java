package dev.troupe.service.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.service.storage.DataStore;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link DataExport} wrote into empty stores, each service in a transaction of its own.
 */
final class DataImport {
  private final Settings settings;
  private final PrintStream progress;

  DataImport(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * @throws DataException when nothing was changed for the service it names, and for those after it
   */
  void from(BufferedReader in)
      throws IOException, SQLException, UnusableStorageException, DataException {
    ServiceImport service = null;
    try {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        JsonNode line = Json.MAPPER.readTree(text);
        if (line.has("service") || line.has("end")) {
          commit(service);
          service = null;
        }
        if (line.has("end")) {
          return;
        }
        if (line.has("service")) {
          service = begin(line);
        } else if (service == null) {
          throw new DataException("a row that belongs to no service: the file is no export");
        } else {
          service.take(line);
        }
      }
      throw new DataException("the file ends before its last line: export it again");
    } finally {
      if (service != null) {
        service.close();
      }
    }
  }

  private ServiceImport begin(JsonNode line)
      throws IOException, SQLException, UnusableStorageException, DataException {
    String name = line.path("service").asText();
    if (settings.service(name).isEmpty()) {
      throw new DataException(
          name + " is not in the settings: add it to troupe.services, or remove it from the file");
    }
    DataStore store =
        DataStore.migrated(
            name,
            settings.storage(),
            line.path("migrations").asText(),
            settings.run().resolve("tmp"));
    return ServiceImport.into(store, name, line.path("version").asText());
  }

  private void commit(@Nullable ServiceImport service) throws SQLException {
    if (service != null) {
      service.commit(progress);
      service.close();
    }
  }
}
