package dev.troupe.protocol.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts a process as the leader of a session and a process group of its own, where there is the
 * program {@code setsid}. A terminal's signals do not reach the process then, and what the process
 * starts can be found by its group. {@code setsid} executes the program in its own place: pid and
 * exit code are those of the program.
 */
public final class NewSession {
  private NewSession() {}

  /** The same command, in a session of its own if that is possible. */
  public static List<String> of(List<String> command) {
    Optional<Path> setsid = find(System.getenv("PATH"));
    if (setsid.isEmpty()) {
      return command;
    }
    List<String> line = new ArrayList<>();
    line.add(setsid.get().toString());
    line.addAll(command);
    return List.copyOf(line);
  }

  private static Optional<Path> find(@Nullable String path) {
    return path == null
        ? Optional.empty()
        : Stream.of(path.split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, "setsid"))
            .filter(Files::isExecutable)
            .findFirst();
  }
}
