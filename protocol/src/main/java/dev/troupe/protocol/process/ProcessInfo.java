package dev.troupe.protocol.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Command lines and environments of running processes, read from {@code /proc}. */
public final class ProcessInfo {
  private static final Path PROC = Path.of("/proc");

  private ProcessInfo() {}

  /** The program and its arguments; an empty list if the system does not show them. */
  public static List<String> arguments(ProcessHandle process) {
    // ProcessHandle gives no arguments of a command line that is longer than one page of memory.
    try {
      return List.of(read(process, "cmdline").split("\0"));
    } catch (IOException e) {
      ProcessHandle.Info info = process.info();
      return info.arguments()
          .map(arguments -> Stream.concat(info.command().stream(), Stream.of(arguments)).toList())
          .orElse(List.of());
    }
  }

  /** The variables that the process was started with; empty if this user may not read them. */
  public static Optional<Map<String, String>> environment(ProcessHandle process) {
    try {
      Map<String, String> variables = new HashMap<>();
      for (String entry : read(process, "environ").split("\0", -1)) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          variables.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
      }
      return Optional.of(variables);
    } catch (IOException hidden) {
      return Optional.empty();
    }
  }

  /** Whether this system shows a user the environments of the processes of the same user. */
  public static boolean showsEnvironments() {
    return Files.isReadable(PROC.resolve("self").resolve("environ"));
  }

  private static String read(ProcessHandle process, String file) throws IOException {
    Path path = PROC.resolve(Long.toString(process.pid())).resolve(file);
    return new String(Files.readAllBytes(path), UTF_8);
  }
}
