package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.Progress;
import dev.troupe.protocol.control.ClusterStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

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
    void give(ControlClient seed) throws ControlException;
  }

  /**
   * @throws CommandException with the seed node's refusal, or why it does not answer
   */
  void give(Order order) {
    try {
      order.give(seed());
    } catch (ControlException e) {
      if (e.isUnknownName()) {
        throw new CommandException(ExitCode.UNKNOWN_NAME, e.getMessage());
      }
      if (e.isRefusal()) {
        throw new CommandException(ExitCode.FAILED, e.getMessage());
      }
      throw SilentSeed.explain(home, homeOption, e.getMessage());
    }
  }

  /**
   * Shows each change until {@code end} tells how it ended.
   *
   * @throws CommandException if the seed node does not answer any more
   */
  ExitCode await(PrintWriter out, Function<ClusterStatus, Optional<ExitCode>> end) {
    Progress progress = null;
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
          throw SilentSeed.explain(home, homeOption, e.getMessage());
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

  private ControlClient seed() {
    return ControlClient.of(home.resolve("run"))
        .orElseThrow(() -> SilentSeed.explain(home, homeOption, SilentSeed.NO_FILE));
  }
}
