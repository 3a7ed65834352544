package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.Progress;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Rollout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An order to the seed node of a home, and the wait for its end. */
final class SeedOrder {
  private static final long LOOK_MILLIS = 250;

  // A seed node that is relaunched does not answer for a while.
  private static final int MOST_SILENT_LOOKS = 60;

  private final Path home;
  private final HomeOption homeOption;

  SeedOrder(HomeOption homeOption) {
    this.home = homeOption.path();
    this.homeOption = homeOption;
  }

  /** What the seed node is told. */
  interface Order {
    /**
     * @return the id of the rollout that has begun; 0 if there is none
     */
    long give(ControlClient seed) throws ControlException;
  }

  /**
   * @return the id of the rollout that has begun; 0 if there is none
   * @throws CommandException with the seed node's refusal, or why it does not answer
   */
  long begin(Order order) {
    try {
      return order.give(seed());
    } catch (ControlException e) {
      if (e.isUnknownName()) {
        throw new CommandException(ExitCode.UNKNOWN_NAME, e.getMessage());
      }
      if (e.isRefusal()) {
        throw new CommandException(ExitCode.FAILED, e.getMessage());
      }
      throw SeedDiagnosis.explain(home, homeOption, e.getMessage());
    }
  }

  /**
   * Shows each change until the rollout has ended. The seed node bounds how long that may take.
   *
   * @param service whose rollout it is
   * @return {@link ExitCode#OK} when it has done what was wanted
   * @throws CommandException with what was found if it did not come to that, or if the seed node
   *     does not answer any more
   */
  ExitCode awaitEnd(PrintWriter out, String service, long rollout) {
    return await(out, status -> end(status, service, rollout));
  }

  /**
   * Shows each change until {@code end} tells how it ended.
   *
   * @throws CommandException if the seed node does not answer any more
   */
  ExitCode await(PrintWriter out, Function<ClusterStatus, Optional<ExitCode>> end) {
    return await(null, out, end);
  }

  /** The same, where the first change to be shown is one since {@code before}. */
  ExitCode awaitSince(
      ClusterStatus before, PrintWriter out, Function<ClusterStatus, Optional<ExitCode>> end) {
    return await(Progress.since(before, out), out, end);
  }

  private ExitCode await(
      @Nullable Progress begun, PrintWriter out, Function<ClusterStatus, Optional<ExitCode>> end) {
    Progress progress = begun;
    int silent = 0;
    while (true) {
      try {
        ClusterStatus status = seed().status();
        silent = 0;
        if (progress == null) {
          progress = Progress.since(status, out);
        }
        progress.show(status);
        Optional<ExitCode> ended = end.apply(status);
        if (ended.isPresent()) {
          return ended.get();
        }
      } catch (ControlException e) {
        silent++;
        if (silent > MOST_SILENT_LOOKS) {
          throw SeedDiagnosis.explain(home, homeOption, e.getMessage());
        }
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.FAILED;
      }
    }
  }

  /**
   * Replaces all processes of a service one after the other, and waits for the end.
   *
   * @throws CommandException when one of the new processes does not get ready
   */
  void replaceAll(String service, PrintWriter out) {
    long rollout = begin(seed -> seed.restartRolling(service));
    ExitCode end = awaitEnd(out, service, rollout);
    if (end != ExitCode.OK) {
      throw new CommandException(end, service + ": interrupted while its processes are replaced");
    }
  }

  private Optional<ExitCode> end(ClusterStatus status, String service, long id) {
    Rollout rollout =
        status
            .rollout(id)
            .filter(known -> known.service().equals(service))
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.FAILED,
                        "The seed node was relaunched meanwhile and does not go on. Look at what"
                            + " runs, then repeat it: "
                            + homeOption.commandLine("status")));
    return switch (rollout.state()) {
      case ROLLING -> Optional.empty();
      case DONE -> Optional.of(ExitCode.OK);
      case FAILED ->
          throw new CommandException(ExitCode.FAILED, "%s: %s".formatted(service, rollout.text()));
    };
  }

  /**
   * @throws CommandException when no seed node answers
   */
  ClusterStatus status() {
    try {
      return seed().status();
    } catch (ControlException e) {
      throw SeedDiagnosis.explain(home, homeOption, e.getMessage());
    }
  }

  private ControlClient seed() {
    return ControlClient.of(home.resolve("run"))
        .orElseThrow(() -> SeedDiagnosis.explain(home, homeOption, SeedDiagnosis.NO_FILE));
  }
}
