package dev.troupe.seed.alerts;

import com.fasterxml.jackson.core.JacksonException;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file {@code run/alerts.json}: what was told, so that the next seed node knows it. Blocks. */
final class AlertFile {
  private static final Logger log = LoggerFactory.getLogger(AlertFile.class);
  private static final long MOST_BYTES = 1 << 20;

  private final Path path;

  /** The content of the file. */
  private record Content(List<RememberedAlert> alerts) {
    Content {
      alerts = List.copyOf(alerts);
    }
  }

  AlertFile(Path run) {
    this.path = run.resolve("alerts.json");
  }

  /** Nothing if there is no file, or if it cannot be used, which is logged. */
  List<RememberedAlert> read() {
    try {
      if (Files.size(path) > MOST_BYTES) {
        return ignored("it has more than %d bytes".formatted(MOST_BYTES));
      }
      Content content = Json.MAPPER.readValue(Files.readAllBytes(path), Content.class);
      // The mapper returns null for a file with the JSON value null.
      return content == null ? ignored("it is empty") : content.alerts();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (JacksonException e) {
      return ignored(e.getOriginalMessage());
    } catch (IOException | NullPointerException e) {
      return ignored(e.toString());
    }
  }

  private List<RememberedAlert> ignored(String why) {
    log.warn("{} is not used: {}. Alerts that last are told again", path, why);
    return List.of();
  }

  /** Replaces the file. */
  synchronized void write(List<RememberedAlert> alerts) {
    try {
      PrivateFile.write(path, Json.write(new Content(alerts)));
    } catch (IOException e) {
      log.warn("{} cannot be written: a new seed node tells alerts again that last: {}", path, e);
    }
  }
}
