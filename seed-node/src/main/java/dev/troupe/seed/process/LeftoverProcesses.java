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
  // A process may have started another one just before it is killed.
  private static final int MOST_ROUNDS = 20;
  private static final long BETWEEN_ROUNDS_MILLIS = 25;

  private final HomeSecret secret;

  LeftoverProcesses(HomeSecret secret) {
    this.secret = secret;
  }

  /**
   * Kills what a process that has ended left, and earlier ones of its slot. Blocks until it is
   * gone.
   */
  void endAfter(String slot, int generation, long pid) {
    end(slot, pid, started -> started <= generation);
  }

  /** Kills what all processes of a slot left that has no process now. Blocks until it is gone. */
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
            "[{}] its process has ended, but left running what it started: ending {}",
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
        "[{}] cannot be killed: {}",
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
