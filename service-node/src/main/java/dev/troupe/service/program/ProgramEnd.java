package dev.troupe.service.program;

import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a program as its host reports it: the host ends with an exit code of its own, since
 * the codes of a program mean something else.
 *
 * @param exit how the host ends
 * @param text what has happened to the program
 */
record ProgramEnd(NodeExit exit, String text) {
  private static final int SIGNALLED = 128;

  // Signals that somebody sends. Those of a crash, like SIGSEGV, are not among them.
  private static final Map<Integer, String> SENT =
      Map.of(1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 9, "SIGKILL", 15, "SIGTERM");

  /**
   * @param code the exit code of the program; 128 and the number of the signal that ended it
   * @param lastLine what it printed last
   */
  static ProgramEnd of(int code, List<String> command, Optional<String> lastLine) {
    String program = "'" + String.join(" ", command) + "'";
    String signal = SENT.get(code - SIGNALLED);
    if (signal != null) {
      return new ProgramEnd(NodeExit.PROGRAM_KILLED, program + " was killed by " + signal);
    }
    String how =
        code > SIGNALLED && code < SIGNALLED + 65
            ? "%s was ended by signal %d".formatted(program, code - SIGNALLED)
            : "%s ended with exit code %d".formatted(program, code);
    return new ProgramEnd(
        code == 0 ? NodeExit.DONE : NodeExit.PROGRAM_FAILED,
        lastLine.map(line -> how + "; its last line: " + line).orElse(how));
  }

  /** The program runs, but does not work. */
  static ProgramEnd useless(String why) {
    return new ProgramEnd(NodeExit.PROGRAM_FAILED, why);
  }

  /** Ends this process at once: there is nothing left to host. */
  void endProcess() {
    new ExitNote(exit.code(), text).print();
    Runtime.getRuntime().halt(exit.code());
  }
}
