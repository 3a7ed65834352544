package dev.troupe.cli.launch;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.DebugTarget;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.report.DurationFormat;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a launcher in the background with {@code bin/troupe up}, and follows the start. */
final class DetachedLauncher {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final int SHOWN_LINES = 40;

  private final Settings settings;
  private final StatusDisplay display;
  private final StartupMonitor startup;
  private final HomeOption homeOption;
  private final List<DebugTarget> debugged;

  DetachedLauncher(
      Settings settings,
      StatusDisplay display,
      StartupMonitor startup,
      HomeOption homeOption,
      List<DebugTarget> debugged) {
    this.settings = settings;
    this.display = display;
    this.startup = startup;
    this.homeOption = homeOption;
    this.debugged = debugged;
  }

  ExitCode start() throws IOException, InterruptedException {
    BackgroundProcess background =
        new BackgroundProcess(settings.logDirectory().resolve("launcher.out"));
    ProcessBuilder builder = background.prepare(command(), settings.home());
    builder.environment().put("TROUPE_NO_BUILD", "1");
    // The launcher runs the jars that this process checked, even if a build replaces them now.
    builder
        .environment()
        .put("TROUPE_VERSION", Distribution.ofThisProcess().directory().getParent().toString());
    Process launcher = builder.start();

    while (!launcher.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      if (LauncherLock.holder(settings.run()).isEmpty()) {
        // An earlier cluster may still answer, but this launcher has not taken it over yet.
        continue;
      }
      Optional<ClusterStatus> status = status();
      status.ifPresent(startup::onStatus);
      if (startup.isOver()) {
        return StartupMonitor.isComplete(status.orElseThrow()) ? ExitCode.OK : ExitCode.FAILED;
      }
      if (startup.elapsed().compareTo(startLimit()) > 0) {
        display.say(
            "Not all slots run after %s. The launcher goes on. Look at it with: %s"
                .formatted(DurationFormat.fine(startLimit()), homeOption.commandLine("status")));
        return ExitCode.FAILED;
      }
    }
    background.lastLines(SHOWN_LINES).forEach(display::say);
    display.say("The launcher ended with exit code " + launcher.exitValue());
    return ExitCode.FAILED;
  }

  private List<String> command() {
    String script = System.getProperty("troupe.script");
    if (script == null) {
      throw new CommandException(
          ExitCode.USAGE, "-d works only through bin/troupe, which starts the launcher");
    }
    List<String> command =
        new ArrayList<>(List.of(script, "up", "--home", settings.home().toString()));
    debugged.forEach(target -> command.addAll(List.of("--debug", target.option())));
    return command;
  }

  private Optional<ClusterStatus> status() {
    Optional<ControlClient> seed = ControlClient.of(settings.run());
    try {
      return seed.isEmpty() ? Optional.empty() : Optional.of(seed.get().status());
    } catch (ControlException e) {
      return Optional.empty();
    }
  }

  // Each slot may spend its whole restart budget on starts that take as long as they may.
  private Duration startLimit() {
    return settings.startTimeout().multipliedBy(settings.restart().maxRestarts() + 2L);
  }
}
