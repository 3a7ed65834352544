package dev.troupe.protocol.process;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options on the command line of a process that name its home and slot, so that the process is
 * found in the process list even if all files of the cluster are lost.
 *
 * @param home of the cluster, absolute
 */
public record CommandLineMark(Path home, String slot) {
  private static final String HOME = "-Dtroupe.home=";
  private static final String SLOT = "-Dtroupe.slot=";

  public List<String> options() {
    return List.of(HOME + home, SLOT + slot);
  }

  /**
   * Reads the mark of a running process.
   *
   * @param arguments of its command line, the program first
   */
  public static Optional<CommandLineMark> of(List<String> arguments) {
    if (arguments.size() <= 2
        || !arguments.get(1).startsWith(HOME)
        || !arguments.get(2).startsWith(SLOT)) {
      return Optional.empty();
    }
    try {
      Path home = Path.of(arguments.get(1).substring(HOME.length()));
      return Optional.of(new CommandLineMark(home, arguments.get(2).substring(SLOT.length())));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
