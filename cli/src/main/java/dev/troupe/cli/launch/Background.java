package dev.troupe.cli.launch;

import dev.troupe.protocol.launch.NewSession;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that a terminal's Ctrl-C and the end of a terminal do not reach. */
final class Background {
  // What is ignored stays ignored in the program that is executed, and in all that it starts.
  private static final List<String> IGNORING_SIGNALS =
      List.of("/bin/sh", "-c", "trap \"\" INT HUP; exec \"$@\"", "sh");
  private static final File NOTHING = new File("/dev/null");

  private Background() {}

  /** The process, not yet started; it keeps its pid through each exec. */
  static ProcessBuilder process(List<String> command, Path directory, Path output) {
    List<String> line = new ArrayList<>(IGNORING_SIGNALS);
    line.addAll(NewSession.of(command));
    return new ProcessBuilder(line)
        .directory(directory.toFile())
        .redirectInput(NOTHING)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
  }
}
