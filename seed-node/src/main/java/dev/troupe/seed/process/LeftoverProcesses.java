package dev.troupe.seed.process;

import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessFinder;
import dev.troupe.protocol.process.ProcessLiveness;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills the processes that earlier processes of a slot have started and left running: the next
 * process of the slot needs the ports and files that they hold.
 */
final class LeftoverProcesses {
  private static final Logger log = LoggerFactory.getLogger(LeftoverProcesses.class);
  // More than one round, since a process may start another one just before it is killed.
  private static final int MOST_ROUNDS = 20;
  private static final long BETWEEN_ROUNDS_MILLIS = 25;

  private final HomeSecret secret;

  LeftoverProcesses(HomeSecret secret) {
    this.secret = secret;
  }

  /**
   * Kills what an ended process of a slot, and its predecessors, left running. Blocks until all of
   * that has ended, half a second at most.
   *
   * @param generation of the ended process
   * @param pid of the ended process
   */
  void endAfter(String slot, int generation, long pid) {
    end(slot, pid, started -> started <= generation);
  }

  /**
   * Kills what all earlier processes of a slot left running; the slot must have no process now.
   * Blocks as {@link #endAfter} does.
   */
  void endBefore(String slot) {
    end(slot, -1, started -> true);
  }

  private void end(String slot, long leader, IntPredicate generation) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<ProcessHandle> left = find(slot, leader, generation);
      if (left.isEmpty()) {
        return;
      }
      if (round == 0) {
        log.warn(
            "[{}] the process has ended, but processes that it started still run: killing {}",
            slot,
            left.stream().map(LeftoverProcesses::describe).toList());
      }
      left.forEach(ProcessHandle::destroyForcibly);
      try {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_ROUNDS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    log.error(
        "[{}] processes that an ended process of the slot started cannot be killed: {}",
        slot,
        find(slot, leader, generation).stream().map(LeftoverProcesses::describe).toList());
  }

  private List<ProcessHandle> find(String slot, long leader, IntPredicate generation) {
    Stream<ProcessHandle> marked =
        ProcessFinder.marked(
            mark ->
                mark.secret().equals(secret)
                    && mark.slot().equals(slot)
                    && generation.test(mark.generation()))
            .stream();
    Stream<ProcessHandle> inGroup =
        leader < 0 ? Stream.empty() : ProcessFinder.inGroupOf(leader).stream();
    return Stream.concat(marked, inGroup)
        .distinct()
        .filter(handle -> handle.pid() != leader && ProcessLiveness.isAlive(handle))
        .toList();
  }

  private static String describe(ProcessHandle handle) {
    return "pid " + handle.pid() + handle.info().command().map(path -> " " + path).orElse("");
  }
}
