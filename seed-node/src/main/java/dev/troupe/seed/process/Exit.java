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
 * @param code its exit code; null when it was not our child, so that nobody could see it
 * @param log the last lines it wrote
 */
public record Exit(@Nullable Integer code, List<String> log) {
  private static final int SIGNALLED = 128;
  private static final int SIGNAL_TERM = 15;
  private static final int SIGNAL_KILL = 9;

  // Sent by somebody else. The others are what a JVM that crashes ends with.
  private static final Set<Integer> KILLED =
      Set.of(
          SIGNALLED + 1,
          SIGNALLED + 2,
          SIGNALLED + 3,
          SIGNALLED + SIGNAL_TERM,
          SIGNALLED + SIGNAL_KILL);

  private static final Set<NodeExit> LEFT =
      Set.of(NodeExit.ORPHANED, NodeExit.NOT_JOINED, NodeExit.DOWNED);

  // What these end has no say in it: its last lines tell nothing.
  private static final Set<Integer> SILENT =
      Set.of(0, SIGNALLED + SIGNAL_TERM, SIGNALLED + SIGNAL_KILL);

  public Exit {
    log = List.copyOf(log);
  }

  /**
   * Whether it ended because its work was done. The 143 of a TERM is not for this class to judge:
   * only after an ordered stop is it success.
   */
  public boolean isSuccess() {
    return code != null && code == NodeExit.DONE.code();
  }

  /**
   * Whether another process in its place would not start either: its exit code or, where nobody saw
   * that, its own note says so, or its JVM refused one of its options.
   */
  public boolean isRefusal() {
    Integer seen =
        code != null ? code : CrashOutput.note(null, log).map(ExitNote::code).orElse(null);
    if (seen != null && seen != NodeExit.START_FAILED.code()) {
      return seen == NodeExit.START_REFUSED.code();
    }
    return CrashOutput.isRefusedOption(log);
  }

  /**
   * In words: what the code or signal means, and what the process or its JVM said about its end.
   * The lines it logged before are no cause.
   */
  public String reason() {
    return ownWords().map(cause -> how() + ": " + cause).orElseGet(this::how);
  }

  /** Whether it may have died of the work it had. */
  public DeathCause cause() {
    Integer seen =
        code != null ? code : CrashOutput.note(null, log).map(ExitNote::code).orElse(null);
    if (seen == null) {
      return DeathCause.UNKNOWN;
    }
    boolean others = KILLED.contains(seen) || NodeExit.of(seen).filter(LEFT::contains).isPresent();
    return others ? DeathCause.OTHERS : DeathCause.ITSELF;
  }

  /** Whether it is known why it ended, be it by its exit code or by its own note. */
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

  // The code of one whose exit nobody saw is in its note.
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
