package dev.troupe.cli.launch;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.DurationFormat;
import dev.troupe.cli.display.Progress;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a launcher in the background, by the same script, and watches it until all runs. */
final class DetachedLauncher {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final int SHOWN_LINES = 40;

  private final Settings settings;
  private final Progress progress;
  private final Startup startup;
  private final HomeOption homeOption;

  DetachedLauncher(Settings settings, Progress progress, Startup startup, HomeOption homeOption) {
    this.settings = settings;
    this.progress = progress;
    this.startup = startup;
    this.homeOption = homeOption;
  }

  ExitCode start() throws IOException, InterruptedException {
    OutputFile output = new OutputFile(settings.logDirectory().resolve("launcher.out"));
    ProcessBuilder builder = Background.process(command(), settings.home(), output.prepare());
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
      status.ifPresent(startup::see);
      if (startup.isOver()) {
        return Startup.isComplete(status.orElseThrow()) ? ExitCode.OK : ExitCode.FAILED;
      }
      if (startup.elapsed().compareTo(bound()) > 0) {
        progress.say(
            "Not all slots run after %s; the launcher goes on. See: %s"
                .formatted(DurationFormat.fine(bound()), homeOption.commandLine("status")));
        return ExitCode.FAILED;
      }
    }
    output.linesSincePrepared(SHOWN_LINES).forEach(progress::say);
    progress.say("The launcher ended with exit code " + launcher.exitValue());
    return ExitCode.FAILED;
  }

  private List<String> command() {
    String script = System.getProperty("troupe.script");
    if (script == null) {
      throw new CommandException(
          ExitCode.USAGE, "-d works only through bin/troupe, which starts the launcher");
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of(script, "up", "--home", settings.home().toString()));
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

  // Every slot may use up its whole budget of slow starts.
  private Duration bound() {
    return settings.startTimeout().multipliedBy(settings.restart().maxRestarts() + 2L);
  }
}
