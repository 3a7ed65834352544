package dev.troupe.seed.process;

import dev.troupe.protocol.process.ProcessIdentity;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A process that was launched or adopted. */
public interface RunningProcess {
  long pid();

  /** What tells it from all others ever; reads {@code /proc}. */
  ProcessIdentity identity();

  /** Of its node, like {@code pekko://troupe@127.0.0.1:25520}. */
  String address();

  /** Completes when it has ended; never fails. */
  CompletionStage<Exit> onExit();

  /** Asks it to end in order. */
  void terminate();

  /** Ends it and what it started, at once. */
  void kill();

  /** Has it write its threads into its output; completes when tried, with why there are none. */
  CompletionStage<Optional<String>> dumpThreads();
}
