package dev.troupe.seed.process;

import dev.troupe.protocol.launch.ExitNote;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines in the output of a process that tell why it ended: the exit note of the process,
 * or what a JVM prints when it cannot continue. The last line of a log does not tell the cause.
 */
final class CrashOutput {
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.";
  private static final String FRAME = "# Problematic frame:";
  private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG\\w+ .*|Internal Error .*)");
  private static final Pattern REFUSED_OPTION =
      Pattern.compile(
          "(Unrecognized (VM )?option|Improperly specified VM option"
              + "|Invalid (initial|maximum) heap size).*");
  // When the JVM suggests a similar option, this text follows on the same line.
  private static final String NOT_CREATED = "Error: Could not create the Java Virtual Machine.";
  private static final Pattern REFUSED_BY_JVM = Pattern.compile("(Unrecognized |Error: ).*");
  private static final Pattern UNCAUGHT =
      Pattern.compile("(Exception in thread \"|Uncaught error from thread \\[).*");

  // What the JVM prints around a crash without a word about this one.
  private static final Pattern BOILERPLATE =
      Pattern.compile(
          "#|# (A fatal error has been|JRE version|Java VM|No core dump|Core dump|Failed to write"
              + " core|If you would like|The crash happened|See problematic|An error report| "
              + " http|/).*");

  private CrashOutput() {}

  /** Whether the line is one of those that every crash has. */
  static boolean isBoilerplate(String line) {
    return BOILERPLATE.matcher(line.strip()).matches();
  }

  /** The last exit note with the exit code {@code code}; with any code if {@code code} is null. */
  static Optional<ExitNote> note(@Nullable Integer code, List<String> output) {
    return output.stream()
        .flatMap(line -> ExitNote.of(line).stream())
        .filter(note -> code == null || note.code() == code)
        .reduce((first, second) -> second);
  }

  /**
   * Whether the JVM refused one of its options and did not run the program. False if it only found
   * too little memory, since the next JVM may find more.
   */
  static boolean isRefusedOption(List<String> output) {
    return first(REFUSED_OPTION, output).isPresent()
        && output.stream().anyMatch(line -> line.endsWith(NOT_CREATED));
  }

  /** What a JVM printed about its own end; empty if it printed nothing. */
  static Optional<String> ofTheJvm(List<String> output) {
    return outOfMemory(output)
        .or(() -> crash(output))
        .or(() -> first(REFUSED_OPTION, output))
        .or(() -> first(REFUSED_BY_JVM, output))
        .or(() -> first(UNCAUGHT, output));
  }

  private static Optional<String> outOfMemory(List<String> output) {
    return output.stream()
        .filter(line -> line.startsWith(OUT_OF_MEMORY))
        .map(line -> line.substring(OUT_OF_MEMORY.length()))
        .findFirst();
  }

  private static Optional<String> crash(List<String> output) {
    Optional<String> signal = first(SIGNAL, output).map(line -> line.replaceFirst("^#\\s+", ""));
    int frame = output.indexOf(FRAME) + 1;
    if (signal.isEmpty() || frame == 0 || frame == output.size()) {
      return signal;
    }
    return Optional.of(signal.get() + " in " + output.get(frame).replaceFirst("^#\\s+", ""));
  }

  private static Optional<String> first(Pattern pattern, List<String> output) {
    return output.stream().filter(line -> pattern.matcher(line).matches()).findFirst();
  }
}
