package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.SeedExit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the seed node while the others serve: the launcher launches another one, which adopts
 * the running processes.
 */
public final class SeedReplacement {
  private final Path home;
  private final SeedRequest request;

  public SeedReplacement(Path home, SeedRequest request) {
    this.home = home;
    this.request = request;
  }

  /**
   * Returns when another seed node supervises and no slot changes any more.
   *
   * @param reason for {@code events} and {@code why}
   * @throws CommandException when no seed node runs, or none follows
   */
  public void run(String reason, PrintWriter out) {
    ClusterProcess seed =
        new ClusterProcesses(home)
            .findSeed()
            .orElseThrow(
                () -> new CommandException(ExitCode.NOTHING_RUNS, "No seed node runs in " + home));
    announceEnd(seed, reason);
    seed.handle().destroyForcibly();
    request.await(out, status -> okIfReplaced(seed, status));
  }

  // Without this record, `events` and `why` would report that somebody killed the seed node.
  private void announceEnd(ClusterProcess seed, String reason) {
    int generation =
        request.status().slotsOf(NodeNames.SEED).stream()
            .mapToInt(SlotStatus::generation)
            .max()
            .orElse(0);
    try {
      new SeedExit(
              seed.pid(), generation, Instant.now(), null, Initiator.OPERATOR, reason, 0, List.of())
          .write(home.resolve("run"));
    } catch (IOException ignored) {
      // The announcement only explains the end.
    }
  }

  private static Optional<ExitCode> okIfReplaced(ClusterProcess seed, ClusterStatus status) {
    boolean replaced =
        status.slots().stream()
            .filter(slot -> slot.slot().equals(seed.slot()))
            .anyMatch(slot -> slot.pid() != null && slot.pid() != seed.pid());
    boolean settled = status.slots().stream().allMatch(slot -> slot.state().isSettled());
    return replaced && settled ? Optional.of(ExitCode.OK) : Optional.empty();
  }
}
