package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.process.HomeSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Explains to the user why no seed node answers, and what to do. */
final class SeedDiagnosis {
  static final String NO_FILE = "there is no run/control.json that can be read";

  private SeedDiagnosis() {}

  static CommandException explain(Path home, HomeOption homeOption, String why) {
    List<ClusterProcess> processes = new ClusterProcesses(home).find();
    OptionalLong launcher = LauncherLock.holder(home.resolve("run"));
    if (processes.isEmpty() && launcher.isEmpty()) {
      return new CommandException(
          ExitCode.NOTHING_RUNS,
          "Nothing runs in %s. Start it with: %s".formatted(home, homeOption.commandLine("up")));
    }
    String alive =
        processes.isEmpty()
            ? "none"
            : processes.stream().map(ClusterProcess::toString).collect(Collectors.joining(", "));
    boolean seedLives = processes.stream().anyMatch(ClusterProcess::isSeed);
    if (seedLives && isTooOld(home.resolve("run"))) {
      return new CommandException(
          ExitCode.FAILED,
          ("The cluster in %s was started by a version of Troupe that is too old for this command: its"
                  + " seed node cannot prove who it is, and it cannot be updated while it runs. Stop"
                  + " it with: %s. Then start this version with: %s")
              .formatted(home, homeOption.commandLine("down"), homeOption.commandLine("up")));
    }
    String next = next(launcher, seedLives, homeOption);
    return new CommandException(
        ExitCode.FAILED,
        "The seed node does not answer (%s).%nLiving processes of %s: %s%n%s"
            .formatted(why, home, alive, next));
  }

  // Versions that cannot prove who they are write control.json but no secret of the home.
  private static boolean isTooOld(Path run) {
    return Files.exists(run.resolve(ControlFile.NAME))
        && !Files.exists(run.resolve(HomeSecret.FILE));
  }

  private static String next(OptionalLong launcher, boolean seedLives, HomeOption homeOption) {
    if (launcher.isEmpty()) {
      return "Take the cluster over with: %s. Or stop it with: %s"
          .formatted(homeOption.commandLine("up"), homeOption.commandLine("down"));
    }
    String outlook =
        seedLives
            ? "If it is starting, it will answer in a moment."
            : "Its launcher (pid %d) launches another.".formatted(launcher.getAsLong());
    return outlook + " Stop everything, also what hangs, with: " + homeOption.commandLine("down");
  }
}
