package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A cluster's directory with an {@code application.conf} in it. */
record Home(Path directory) {
  Path file() {
    return directory.resolve(SettingsLoader.FILE);
  }

  Settings load(String... lines) {
    return load(Map.of(), lines);
  }

  Settings load(Map<String, String> environment, String... lines) {
    try {
      Files.writeString(file(), String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SettingsLoader.load(directory, environment);
  }

  /** What a user is told, with the file's directory left out. */
  String problem(String... lines) {
    return problem(Map.of(), lines);
  }

  String problem(Map<String, String> environment, String... lines) {
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> load(environment, lines));
    return String.valueOf(refused.getMessage()).replace(directory + "/", "");
  }
}
