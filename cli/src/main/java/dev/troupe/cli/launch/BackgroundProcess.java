package dev.troupe.cli.launch;

import dev.troupe.cli.logs.Tail;
import dev.troupe.protocol.launch.NewSession;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares processes that survive Ctrl-C at the terminal and its end, one after the other. They
 * append their output to one file.
 */
final class BackgroundProcess {
  private static final long MAX_OUTPUT_BYTES = 1 << 20;

  // A signal that a shell ignores stays ignored in the program it executes and in its children.
  private static final List<String> IGNORING_SIGNALS =
      List.of("/bin/sh", "-c", "trap \"\" INT HUP; exec \"$@\"", "sh");
  private static final File NO_INPUT = new File("/dev/null");

  private final Path output;
  private long start;

  BackgroundProcess(Path output) {
    this.output = output;
  }

  /**
   * The next process, not yet started. Each exec in its command line keeps the pid. A long output
   * file is renamed first and replaces the one that was renamed before.
   */
  ProcessBuilder prepare(List<String> command, Path directory) throws IOException {
    rotateOutput();
    List<String> line = new ArrayList<>(IGNORING_SIGNALS);
    line.addAll(NewSession.of(command));
    return new ProcessBuilder(line)
        .directory(directory.toFile())
        .redirectInput(NO_INPUT)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
  }

  /** The last lines, {@code count} at most, that the process prepared last has written. */
  List<String> lastLines(int count) {
    return Tail.lastLines(output, start, count);
  }

  void rotateOutput() throws IOException {
    start = Files.exists(output) ? Files.size(output) : 0;
    if (start > MAX_OUTPUT_BYTES) {
      Files.move(
          output,
          output.resolveSibling(output.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      start = 0;
    }
  }
}
