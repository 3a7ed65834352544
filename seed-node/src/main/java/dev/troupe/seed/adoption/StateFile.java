package dev.troupe.seed.adoption;

import com.fasterxml.jackson.core.JacksonException;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code run/state.json}: replaced as a whole, so that a reader never sees half of it. */
public final class StateFile {
  private static final Logger log = LoggerFactory.getLogger(StateFile.class);

  private final Path path;
  private boolean isForgotten;

  public StateFile(Path run) {
    this.path = run.resolve("state.json");
  }

  /** What was saved last; nothing if there is no file, or none that can be read. */
  public SavedState read() throws IOException {
    if (!Files.exists(path)) {
      return SavedState.NOTHING;
    }
    try {
      // Of "null", which is JSON too, the mapper makes null.
      return Objects.requireNonNull(
          Json.MAPPER.readValue(Files.readAllBytes(path), SavedState.class));
    } catch (JacksonException | NullPointerException corrupt) {
      Path aside = path.resolveSibling("state.json.corrupt");
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      log.warn(
          "{} cannot be read and is now {}; running processes are found by their command lines",
          path,
          aside);
      return SavedState.NOTHING;
    }
  }

  synchronized void write(SavedState state) throws IOException {
    if (isForgotten) {
      return;
    }
    Path temporary = path.resolveSibling("state.json.new");
    Files.write(temporary, Json.write(state));
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** After an ordered stop nothing is left to adopt; a state that is still to be saved is not. */
  public synchronized void delete() throws IOException {
    isForgotten = true;
    Files.deleteIfExists(path);
  }
}
