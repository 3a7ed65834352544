package dev.troupe.cli.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The Maven of the user. */
final class Maven {
  private static final int SHOWN_LINES = 20;

  private Maven() {}

  /**
   * Runs Maven to its end, without a word if it succeeds.
   *
   * @param what for the message when it fails, like "install the API"
   * @throws CommandException when there is no Maven or it fails
   */
  static void run(String what, Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("mvn", "-B", "-Dstyle.color=never"));
    line.addAll(arguments);
    Process process = start(what, directory, line);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new CommandException(
          ExitCode.FAILED,
          "Maven could not %s (exit code %d). The end of its output:%n%s"
              .formatted(what, code, lastLines(output)));
    }
  }

  private static Process start(String what, Path directory, List<String> line) {
    try {
      return new ProcessBuilder(line)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          """
          To %s needs Maven 3.8 or later, but mvn cannot be run: %s
          Install Maven, or put the directory of mvn on the PATH.\
          """
              .formatted(what, e.getMessage()));
    }
  }

  private static String lastLines(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - SHOWN_LINES))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
