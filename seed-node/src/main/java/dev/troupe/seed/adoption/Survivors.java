package dev.troupe.seed.adoption;

import dev.troupe.protocol.launch.Liveness;
import dev.troupe.protocol.launch.ProcessArguments;
import dev.troupe.protocol.launch.ProcessMark;
import dev.troupe.seed.process.NodeAddress;
import dev.troupe.seed.process.NodeFlags;
import dev.troupe.seed.process.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what an earlier seed node left running: by the state file, and by the marks in the command
 * lines of this machine's processes, so that a lost state file loses no process.
 */
public final class Survivors {
  private static final String SEED_SLOT_PREFIX = "seed-";

  private Survivors() {}

  /**
   * @param host of the nodes' addresses
   */
  public static List<Survivor> find(SavedState saved, Path home, String host) {
    Map<Long, Survivor> byPid = new HashMap<>();
    for (SavedSlot slot : saved.slots()) {
      Processes.find(slot.pid(), slot.startedAt())
          .ifPresent(
              process ->
                  byPid.put(
                      slot.pid(),
                      new Survivor(
                          slot.slot(), slot.generation(), process, slot.address(), slot.joined())));
    }
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      processes
          .filter(process -> !byPid.containsKey(process.pid()) && Liveness.isAlive(process))
          .forEach(
              process ->
                  marked(process, home, host)
                      .ifPresent(survivor -> byPid.put(process.pid(), survivor)));
    }
    return new ArrayList<>(byPid.values());
  }

  private static Optional<Survivor> marked(ProcessHandle process, Path home, String host) {
    List<String> line = ProcessArguments.of(process);
    return ProcessMark.of(line)
        .filter(mark -> mark.home().equals(home) && !mark.slot().startsWith(SEED_SLOT_PREFIX))
        .flatMap(
            mark ->
                NodeFlags.of(line)
                    .map(
                        flags ->
                            new Survivor(
                                mark.slot(),
                                flags.generation(),
                                process,
                                NodeAddress.of(host, flags.port()),
                                true)));
  }
}
