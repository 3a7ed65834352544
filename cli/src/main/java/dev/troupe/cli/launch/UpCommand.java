package dev.troupe.cli.launch;

import dev.troupe.cli.archive.ArchiveRefresh;
import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.command.Terminal;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.display.DurationFormat;
import dev.troupe.cli.display.Progress;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.stop.KilledByOthers;
import dev.troupe.cli.stop.OrderedStop;
import dev.troupe.cli.stop.Pause;
import dev.troupe.cli.stop.StopPlan;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.HomeSecret;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: starts the cluster and stays with it, or leaves it to a launcher of its own. */
@Command(
    name = "up",
    description =
        "Starts the cluster in the foreground; Ctrl-C stops it. Takes over one whose launcher is"
            + " gone.")
public final class UpCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(
      names = {"-d", "--detach"},
      description = "Starts it in the background; returns when all slots run or one has failed.")
  private boolean detach;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path home = homeOption.pathForStart();
    Optional<Path> written = new ShippedSettings(HomeOption.root()).copyTo(home);
    ClusterFiles files = ClusterFiles.of(home);
    Settings settings = files.settings();
    refuseSecond(settings);
    Preflight.check(settings);
    Clock clock = Clock.systemUTC();
    Progress progress = new Progress(spec.commandLine().getOut(), Terminal.ofThisProcess(), clock);
    written.ifPresent(
        file -> progress.say("Wrote " + file + ", since there was none: the one file to edit"));
    new ArchiveRefresh(
            Distribution.ofThisProcess(), System.getenv(), System.getProperty("troupe.script"))
        .refresh(progress::say);
    if (files.settingsDiffer()) {
      progress.say(
          "The cluster that lives here keeps the settings it was started with; %s was changed since"
              .formatted(home.resolve(SettingsLoader.FILE)));
    }
    progress.say("Starting " + home + (detach ? " in the background" : ""));
    if (settings.services().isEmpty()) {
      progress.say("No services: " + home.resolve(SettingsLoader.FILE) + " names none");
    }
    if (detach) {
      Startup startup =
          new Startup(
              progress,
              "Stop it with: %s. Look at it with: %s, %s"
                  .formatted(
                      homeOption.commandLine("down"),
                      homeOption.commandLine("status"),
                      homeOption.commandLine("logs -f")),
              dependencies(settings),
              settings.startTimeout(),
              () -> Duration.ofNanos(System.nanoTime()));
      return new DetachedLauncher(settings, progress, startup, homeOption).start().code();
    }
    LauncherLock lock =
        LauncherLock.acquire(settings.run()).orElseThrow(() -> alreadyRuns(settings));
    try (lock) {
      return stayWith(settings, files.keep(), progress).code();
    }
  }

  private ExitCode stayWith(Settings settings, CurrentDeployment deployment, Progress progress)
      throws InterruptedException, IOException {
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    Signals.receive(signal -> events.add(new Event.StopAsked(signal)));
    String hint =
        "%s it with: %s. Look at it with: %s, %s"
            .formatted(
                Terminal.ofThisProcess().isPresent() ? "Ctrl-C stops it, or stop" : "Stop",
                homeOption.commandLine("down"),
                homeOption.commandLine("status"),
                homeOption.commandLine("logs -f"));
    String abandonment =
        "The other processes serve on without a seed node; nobody relaunches them, and they leave"
            + " after orphan-grace (%s). Supervise them again with: %s. Stop them with: %s"
                .formatted(
                    DurationFormat.fine(settings.orphanGrace()),
                    homeOption.commandLine("up"),
                    homeOption.commandLine("down"));
    Supplier<Duration> uptime = () -> Duration.ofNanos(System.nanoTime());
    Files.deleteIfExists(settings.run().resolve(KilledByOthers.FILE));
    return new Launcher(
            new HomeSeedLauncher(settings, deployment, HomeSecret.obtain(settings.run())),
            events,
            progress,
            new Startup(progress, hint, dependencies(settings), settings.startTimeout(), uptime),
            pause -> stopAll(settings, pause),
            new RelaunchPolicy(settings.restart(), Math::random),
            new LauncherSettings(
                settings.startTimeout(), settings.health().heartbeatTimeout(), abandonment),
            uptime)
        .run();
  }

  private static OrderedStop.Outcome stopAll(Settings settings, Pause pause)
      throws InterruptedException {
    OrderedStop.Outcome outcome =
        new OrderedStop(
                new ClusterProcesses(settings.home()),
                () -> ControlClient.of(settings.run()),
                StopPlan.of(settings),
                KilledByOthers.in(settings.run()),
                pause)
            .run();
    if (!outcome.killed().isEmpty()) {
      try {
        KilledByOthers.leave(settings.run(), outcome.killed().keySet());
      } catch (IOException onlyLessIsSaid) {
        // The launcher's own output names them too.
      }
    }
    return outcome;
  }

  private static Map<String, List<String>> dependencies(Settings settings) {
    Map<String, List<String>> dependencies = new HashMap<>();
    for (ServiceSettings service : settings.services()) {
      dependencies.put(service.name(), service.dependsOn());
    }
    return dependencies;
  }

  private void refuseSecond(Settings settings) {
    if (LauncherLock.holder(settings.run()).isPresent()) {
      throw alreadyRuns(settings);
    }
  }

  private CommandException alreadyRuns(Settings settings) {
    OptionalLong pid = LauncherLock.holder(settings.run());
    return new CommandException(
        ExitCode.ALREADY_RUNS,
        "A cluster runs in %s already%s. Look at it with: %s. Stop it with: %s"
            .formatted(
                settings.home(),
                pid.isPresent() ? ", its launcher has pid " + pid.getAsLong() : "",
                homeOption.commandLine("status"),
                homeOption.commandLine("down")));
  }
}
