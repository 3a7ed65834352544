package dev.troupe.cli.versions;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;

/** The two options by which processes are replaced. */
final class RollingOrAtOnce {
  private RollingOrAtOnce() {}

  static void requireOne(boolean rolling, boolean atOnce) {
    if (rolling && atOnce) {
      throw new CommandException(
          ExitCode.USAGE, "--rolling and --at-once exclude each other (expected: one of them)");
    }
  }
}
