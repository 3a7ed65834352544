package dev.troupe.seed.adoption;

import dev.troupe.protocol.process.CommandLineMark;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.protocol.process.ProcessLiveness;
import dev.troupe.seed.adoption.SavedState.SavedSlot;
import dev.troupe.seed.process.NodeFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the processes that an earlier seed node left running: by the state file, and by the marks
 * in the command lines of all processes of this machine, so that no process is lost with the state
 * file. Anybody can copy a command line, so a process that is not in the state file must also have
 * the secret of the home in its environment.
 */
public final class RunningProcessScan {
  private static final Logger log = LoggerFactory.getLogger(RunningProcessScan.class);
  private static final String SEED_SLOT_PREFIX = "seed-";

  private RunningProcessScan() {}

  /**
   * A process of this home that an earlier seed node left running.
   *
   * @param mayBeMember whether its node may be a member of a living cluster; false only if it is
   *     known never to have joined
   */
  public record SurvivingProcess(
      String slot, int generation, ProcessHandle process, String address, boolean mayBeMember) {}

  /**
   * @param host of the nodes' addresses
   */
  public static List<SurvivingProcess> find(
      SavedState saved, Path home, String host, HomeSecret secret) {
    Map<Long, SurvivingProcess> byPid = new HashMap<>();
    for (SavedSlot slot : saved.slots()) {
      slot.process()
          .find()
          .ifPresent(
              process ->
                  byPid.put(
                      slot.pid(),
                      new SurvivingProcess(
                          slot.slot(), slot.generation(), process, slot.address(), slot.joined())));
    }
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      processes
          .filter(process -> !byPid.containsKey(process.pid()) && ProcessLiveness.isAlive(process))
          .forEach(
              process ->
                  marked(process, home, host)
                      .filter(survivor -> isOurs(survivor, secret))
                      .ifPresent(survivor -> byPid.put(process.pid(), survivor)));
    }
    return new ArrayList<>(byPid.values());
  }

  private static boolean isOurs(SurvivingProcess survivor, HomeSecret secret) {
    ProcessHandle process = survivor.process();
    boolean isOurs =
        ProcessInfo.showsEnvironments()
            ? ProcessInfo.environment(process)
                .flatMap(HomeSecret::in)
                .filter(secret::equals)
                .isPresent()
            : process.info().user().equals(ProcessHandle.current().info().user());
    if (!isOurs) {
      log.warn(
          "pid {} has the arguments of {} of this home, but not its secret: it is left alone",
          process.pid(),
          survivor.slot());
    }
    return isOurs;
  }

  private static Optional<SurvivingProcess> marked(ProcessHandle process, Path home, String host) {
    List<String> line = ProcessInfo.arguments(process);
    return CommandLineMark.of(line)
        .filter(mark -> mark.home().equals(home) && !mark.slot().startsWith(SEED_SLOT_PREFIX))
        .flatMap(
            mark ->
                NodeFlags.of(line)
                    .map(
                        flags ->
                            new SurvivingProcess(
                                mark.slot(),
                                flags.generation(),
                                process,
                                flags.address(host),
                                true)));
  }
}
