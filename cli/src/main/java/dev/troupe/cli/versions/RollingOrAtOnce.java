package dev.troupe.cli.versions;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import picocli.CommandLine.Option;

/** The two options by which processes are replaced. */
final class RollingOrAtOnce {
  @Option(
      names = "--rolling",
      description = "Replaces the processes one after the other. This is the default.")
  private boolean rolling;

  @Option(
      names = "--at-once",
      description = "Replaces all processes at the same time. Requests wait meanwhile.")
  private boolean atOnce;

  /**
   * Whether all processes are replaced at the same time.
   *
   * @throws CommandException when both options are given
   */
  boolean isAtOnce() {
    if (rolling && atOnce) {
      throw new CommandException(
          ExitCode.USAGE, "--rolling and --at-once exclude each other (expected: one of them)");
    }
    return atOnce;
  }
}
