package dev.troupe.cli.launch;

import dev.troupe.protocol.control.ClusterStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts, finds and ends the seed nodes of one home. */
interface SeedLauncher {
  /**
   * A seed node that was started or adopted.
   *
   * @param generation how often a seed node has been launched in the life of this cluster
   * @param exit completes with the exit code, or with null if nobody can know it
   */
  record SeedProcess(long pid, int generation, CompletableFuture<@Nullable Integer> exit) {}

  /** The pid of a seed node that an earlier launcher left running. */
  OptionalLong findLiving();

  /** Adopts the seed node of this pid; empty if it does not answer now. */
  Optional<SeedProcess> adopt(long pid);

  /** Sends SIGKILL. */
  void kill(long pid);

  /**
   * Makes the process write a thread dump into its output.
   *
   * @return why there is no dump; empty if there is one
   */
  Optional<String> dumpThreads(long pid);

  /**
   * Starts a seed node of the next generation.
   *
   * @throws IOException when the operating system refuses
   */
  SeedProcess start() throws IOException;

  /** The status that the seed node of this pid gives; empty if it does not answer. */
  Optional<ClusterStatus> status(long pid);

  /**
   * Records for the next seed node how the last one ended.
   *
   * @param exitCode null if it was not our child
   * @param killedFor why this launcher killed it, as words that follow its name; null if it did not
   * @param relaunches that count against the budget, the one that follows included
   */
  void noteEnd(long pid, @Nullable Integer exitCode, @Nullable String killedFor, int relaunches);

  /** Whether a command of an operator has ended the seed node of this pid to have another one. */
  boolean isReplaced(long pid);

  /** Whether a seed node whose exit code nobody saw had stopped in order. */
  boolean leftInOrder();

  /** Whether other processes of the cluster are alive. */
  boolean othersLive();

  /** The last lines that the latest seed node has written. */
  List<String> lastLines();

  /** Deletes what belongs to the ended cluster, so that the next one starts with generation 1. */
  void forget();
}
