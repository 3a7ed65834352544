package dev.troupe.seed.process;

import dev.troupe.protocol.launch.ExitNote;
import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.registry.DeathCause;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param code the exit code; null for an adopted process, since only a parent sees the exit code
 * @param log the last lines that the process wrote
 */
public record Exit(@Nullable Integer code, List<String> log) {
  private static final int SIGNALLED = 128;
  private static final int SIGNAL_TERM = 15;
  private static final int SIGNAL_KILL = 9;

  // Exit codes after signals that come from another process. A crashing JVM causes other signals.
  private static final Set<Integer> KILLED =
      Set.of(
          SIGNALLED + 1,
          SIGNALLED + 2,
          SIGNALLED + 3,
          SIGNALLED + SIGNAL_TERM,
          SIGNALLED + SIGNAL_KILL);

  // Exits that the cluster, a missing supervisor or somebody's signal causes, not the requests of
  // the process.
  private static final Set<NodeExit> LEFT =
      Set.of(NodeExit.ORPHANED, NodeExit.NOT_JOINED, NodeExit.DOWNED, NodeExit.PROGRAM_KILLED);

  // The last lines of a process with one of these exit codes do not explain its end.
  private static final Set<Integer> SILENT =
      Set.of(0, SIGNALLED + SIGNAL_TERM, SIGNALLED + SIGNAL_KILL);

  public Exit {
    log = List.copyOf(log);
  }

  /**
   * Whether the process ended because its work was done. Exit code 143, after TERM, is a success
   * only when the stop was ordered, which this class does not know.
   */
  public boolean isSuccess() {
    return code != null && code == NodeExit.DONE.code();
  }

  /**
   * Whether a relaunch would fail too: the process exited with {@link NodeExit#START_REFUSED}, or
   * the JVM refused one of its options.
   */
  public boolean isRefusal() {
    Integer known = knownCode();
    if (known != null && known != NodeExit.START_FAILED.code()) {
      return known == NodeExit.START_REFUSED.code();
    }
    // A JVM that refuses an option has the exit code of START_FAILED too.
    return CrashOutput.isRefusedOption(log);
  }

  /**
   * A text for operators: what the exit code or signal means, and what the process or its JVM
   * printed about the end. Other log lines are left out.
   */
  public String reason() {
    return ownWords().map(cause -> how() + ": " + cause).orElseGet(this::how);
  }

  /** Whether a request that the process was working on may have caused its end. */
  public DeathCause cause() {
    Integer known = knownCode();
    if (known == null) {
      return DeathCause.UNKNOWN;
    }
    boolean others =
        KILLED.contains(known) || NodeExit.of(known).filter(LEFT::contains).isPresent();
    return others ? DeathCause.OTHERS : DeathCause.ITSELF;
  }

  /** Whether the exit code or a note of the process tells why it ended. */
  public boolean isExplained() {
    return code != null || CrashOutput.note(null, log).isPresent();
  }

  private String how() {
    if (code == null) {
      return CrashOutput.note(null, log)
          .flatMap(note -> NodeExit.of(note.code()))
          .map(exit -> exit.meaning() + " (exit code not seen)")
          .orElse("ended, exit code not seen");
    }
    return switch (code) {
      case SIGNALLED + SIGNAL_KILL -> "killed by SIGKILL (exit code 137)";
      case SIGNALLED + SIGNAL_TERM -> "ended by SIGTERM (exit code 143)";
      case SIGNALLED + 6 -> "aborted by SIGABRT (exit code 134), as a crashing JVM is";
      case SIGNALLED + 11 -> "ended by SIGSEGV (exit code 139)";
      default ->
          NodeExit.of(code)
              .filter(exit -> !exit.isSuccess())
              .map(exit -> exit.meaning() + " (exit code " + code + ")")
              .orElse("exit code " + code);
    };
  }

  // A process whose exit code nobody saw may have written the code into its exit note.
  private @Nullable Integer knownCode() {
    return code != null ? code : CrashOutput.note(null, log).map(ExitNote::code).orElse(null);
  }

  private Optional<String> ownWords() {
    if (code != null && SILENT.contains(code)) {
      return Optional.empty();
    }
    return CrashOutput.note(code, log)
        .map(ExitNote::detail)
        .filter(detail -> !detail.isEmpty())
        .or(() -> CrashOutput.ofTheJvm(log));
  }
}
