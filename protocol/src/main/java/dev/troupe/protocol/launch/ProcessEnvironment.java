package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The environments of running processes, where the system shows them ({@code /proc}). */
public final class ProcessEnvironment {
  private static final Path PROC = Path.of("/proc");

  private ProcessEnvironment() {}

  /** Whether this system shows the environments of the processes of the same user. */
  public static boolean isShown() {
    return Files.isReadable(PROC.resolve("self").resolve("environ"));
  }

  /** The variables that the process was started with; nothing if this user may not know them. */
  public static Optional<Map<String, String>> of(ProcessHandle process) {
    try {
      byte[] content =
          Files.readAllBytes(PROC.resolve(Long.toString(process.pid())).resolve("environ"));
      Map<String, String> variables = new HashMap<>();
      for (String entry : new String(content, UTF_8).split("\0", -1)) {
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
}
