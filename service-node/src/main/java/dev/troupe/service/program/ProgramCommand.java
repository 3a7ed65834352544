package dev.troupe.service.program;

import dev.troupe.protocol.launch.NewSession;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line that starts a program with a guard: a shell that reads a pipe, which only the
 * host of the program holds open. The guard sends each signal whose name it reads to the process
 * group of the program, and kills the group at the end of the pipe. So nothing of the program
 * outlives its host, however the host ends.
 */
final class ProgramCommand {
  // The shell becomes the program, so that pid and exit code are those of the program. A process
  // that was started in the background ignores INT, and would pass that on: GNU env undoes it, and
  // takes a first word with = for a variable. The guard
  // has no parent that the program could wait for, and ignores the signals that it sends.
  private static final String SCRIPT =
      """
      exec 3<&0 </dev/null
      group=$$
      ( (
        trap '' HUP INT QUIT TERM USR1 USR2
        exec >/dev/null 2>&1
        while read -r signal <&3; do kill -s "$signal" -- "-$group" || kill -s "$signal" "$group"; done
        kill -s KILL -- "-$group" || kill -s KILL "$group"
      ) & )
      case $1 in
        *=*) ;;
        *) if env --default-signal true 2>/dev/null; then exec env --default-signal "$@" 3<&-; fi ;;
      esac
      exec "$@" 3<&-
      """;

  private ProgramCommand() {}

  /** The command line for {@code command}; its standard input is the pipe of the guard. */
  static List<String> guarded(List<String> command) {
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    line.addAll(command);
    return NewSession.of(line);
  }

  /**
   * Checks that the program exists, for a better message than that of the shell.
   *
   * @param directory where the program will run
   * @param path the variable {@code PATH} of the program
   */
  static void check(List<String> command, Path directory, @Nullable String path)
      throws UnusableProgramException {
    if (!Files.isDirectory(directory)) {
      throw new UnusableProgramException(
          "the directory %s does not exist (cwd; expected: the directory where %s runs)"
              .formatted(directory, command.get(0)));
    }
    String program = command.get(0);
    if (program.contains("/")) {
      if (!isExecutable(directory.resolve(program))) {
        throw new UnusableProgramException(
            "%s is no program that this user may execute (command; expected: a path from %s)"
                .formatted(program, directory));
      }
      return;
    }
    String places = path == null ? "" : path;
    boolean found =
        Stream.of(places.split(File.pathSeparator, -1))
            .anyMatch(place -> isExecutable(Path.of(place).resolve(program)));
    if (!found) {
      throw new UnusableProgramException(
          ("there is no program '%s' (command; PATH: %s). Install the program, correct its name, or"
                  + " name its whole path")
              .formatted(program, places));
    }
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
