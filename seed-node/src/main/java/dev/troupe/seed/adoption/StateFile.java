package dev.troupe.seed.adoption;

import com.fasterxml.jackson.core.JacksonException;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code run/state.json}. Each write replaces the whole file, so no reader sees half of
 * it.
 */
public final class StateFile {
  private static final Logger log = LoggerFactory.getLogger(StateFile.class);

  private static final long MOST_BYTES = 10_000_000;

  private final Path path;
  private boolean isDeleted;

  public StateFile(Path run) {
    this.path = run.resolve("state.json");
  }

  /**
   * Returns what was saved last, or {@link SavedState#NOTHING} if there is no file. A file that
   * cannot be used is renamed to {@code state.json.corrupt} and counts as none.
   */
  public SavedState read() throws IOException {
    if (!Files.exists(path)) {
      return SavedState.NOTHING;
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        return setAside("it has more than %d bytes".formatted(MOST_BYTES));
      }
      SavedState state = Json.MAPPER.readValue(Files.readAllBytes(path), SavedState.class);
      // The mapper returns null for a file with the JSON value null.
      if (state == null) {
        return setAside("it is empty");
      }
      Optional<String> fault = SavedStateCheck.faultOf(state);
      return fault.isPresent() ? setAside(fault.get()) : state;
    } catch (JacksonException e) {
      return setAside(e.getOriginalMessage());
    } catch (NullPointerException e) {
      return setAside("something is missing in it");
    }
  }

  private SavedState setAside(String fault) throws IOException {
    Path aside = path.resolveSibling("state.json.corrupt");
    Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    log.warn(
        "{} is not used: {}. It is now {}; running processes are found by their command lines",
        path,
        fault,
        aside);
    return SavedState.NOTHING;
  }

  synchronized void write(SavedState state) throws IOException {
    if (isDeleted) {
      return;
    }
    Path temporary = path.resolveSibling("state.json.new");
    Files.write(temporary, Json.write(state));
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Deletes the file after an ordered stop, since no process is left to adopt. A later {@link
   * #write} does nothing.
   */
  public synchronized void delete() throws IOException {
    isDeleted = true;
    Files.deleteIfExists(path);
  }
}
