package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of running processes. */
public final class ProcessArguments {
  private static final Path PROC = Path.of("/proc");

  private ProcessArguments() {}

  /** The program and its arguments; nothing if the system does not tell. */
  public static List<String> of(ProcessHandle process) {
    // ProcessHandle gives no arguments at all of a command line longer than a page.
    Path commandLine = PROC.resolve(Long.toString(process.pid())).resolve("cmdline");
    try {
      return List.of(new String(Files.readAllBytes(commandLine), UTF_8).split("\0"));
    } catch (IOException e) {
      ProcessHandle.Info info = process.info();
      return info.arguments()
          .map(arguments -> Stream.concat(info.command().stream(), Stream.of(arguments)).toList())
          .orElse(List.of());
    }
  }
}
