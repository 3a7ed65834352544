package dev.troupe.cli.dashboard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens pages in the browser of a desktop. */
final class Desktop {
  private static final String OPENER = "xdg-open";

  private final Path opener;

  private Desktop(Path opener) {
    this.opener = opener;
  }

  /**
   * The desktop that a process with this environment belongs to; empty if there is none, or no
   * {@code xdg-open}.
   */
  static Optional<Desktop> in(Map<String, String> environment) {
    boolean hasDisplay =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    return hasDisplay
        ? opener(environment.getOrDefault("PATH", "")).map(Desktop::new)
        : Optional.empty();
  }

  private static Optional<Path> opener(String path) {
    for (String directory : path.split(File.pathSeparator, -1)) {
      try {
        Path candidate = Path.of(directory).resolve(OPENER);
        if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      } catch (InvalidPathException noDirectory) {
        // The shell passes over such an entry too.
      }
    }
    return Optional.empty();
  }

  /** The opener, which goes on by itself; empty if it cannot be started. */
  Optional<Process> open(String url) {
    try {
      return Optional.of(
          new ProcessBuilder(opener.toString(), url)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException cannotBeStarted) {
      return Optional.empty();
    }
  }
}
