package dev.troupe.cli.launch;

import dev.troupe.protocol.control.ClusterStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The seed nodes of one home. */
interface SeedLauncher {
  /** The pid of one that an earlier launcher left, if it lives. */
  OptionalLong findLiving();

  /** Takes it over, if it answers now. */
  Optional<SeedProcess> adopt(long pid);

  /** Ends one that does not answer. */
  void kill(long pid);

  /** Has it write its threads into its output; why there are none, if there are none. */
  Optional<String> dumpThreads(long pid);

  /**
   * Starts one, of the next generation.
   *
   * @throws IOException when the operating system refuses
   */
  SeedProcess start() throws IOException;

  /** What the seed node of this pid says, if it answers. */
  Optional<ClusterStatus> status(long pid);

  /**
   * Leaves for the next seed node how the last one ended.
   *
   * @param exitCode null if it was not our child
   * @param killedFor why it was killed, to go after its name; null if it was not killed here
   * @param relaunches that count, the one that follows included
   */
  void noteEnd(long pid, @Nullable Integer exitCode, @Nullable String killedFor, int relaunches);

  /** Whether one that ended without telling its exit code had been asked to. */
  boolean leftInOrder();

  /** Whether processes of the cluster live besides the seed node. */
  boolean othersLive();

  /** The last lines that the seed node started last has written. */
  List<String> lastLines();

  /** The cluster has ended: the next one starts with generation 1. */
  void forget();
}
