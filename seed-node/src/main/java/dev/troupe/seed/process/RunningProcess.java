package dev.troupe.seed.process;

import dev.troupe.protocol.process.ProcessIdentity;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A process that was launched or adopted. */
public interface RunningProcess {
  long pid();

  /** Tells this process from every other one, past or future; reads {@code /proc}. */
  ProcessIdentity identity();

  /** The address of its node, like {@code pekko://troupe@127.0.0.1:25520}. */
  String address();

  /** Completes when the process has ended; never fails. */
  CompletionStage<Exit> onExit();

  /** Asks the process to shut down (SIGTERM). */
  void terminate();

  /** Kills the process and all processes that it started (SIGKILL). */
  void kill();

  /**
   * Makes the process write a thread dump to its output. Completes after the attempt: empty, or
   * with the reason why there is no dump.
   */
  CompletionStage<Optional<String>> dumpThreads();
}
