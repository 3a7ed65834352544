package dev.troupe.cli.launch;

import dev.troupe.cli.archive.ArchiveRefresh;
import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.DebugTarget;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.command.Signals;
import dev.troupe.cli.command.Terminal;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.stop.CancellableSleep;
import dev.troupe.cli.stop.KillRecords;
import dev.troupe.cli.stop.OrderedStop;
import dev.troupe.cli.stop.StopPlan;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.report.DurationFormat;
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

/** {@code up}: starts the cluster in the foreground, or in the background with a launcher. */
@Command(
    name = "up",
    description =
        "Starts the cluster in the foreground; Ctrl-C stops it. If the cluster runs without a"
            + " launcher, takes it over.")
public final class UpCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(
      names = {"-d", "--detach"},
      description =
          "Starts the cluster in the background. Returns when all slots run, or when no more will.")
  private boolean detach;

  @Option(
      names = "--debug",
      paramLabel = "SERVICE[:PORT]",
      description =
          "Starts the first process of the service, or that of a slot, so that a debugger can connect"
              + " to the port (default: any free one) of 127.0.0.1. May be repeated.")
  private List<String> debug = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path home = homeOption.pathForStart();
    Optional<Path> written = new ShippedSettings(HomeOption.root()).copyTo(home);
    ClusterFiles files = ClusterFiles.of(home);
    Settings settings = files.settings();
    refuseSecond(settings);
    DirectoryCheck.check(settings);
    List<DebugTarget> debugged =
        debug.stream().map(given -> DebugTarget.of(given, settings)).toList();
    StatusDisplay display =
        new StatusDisplay(spec.commandLine().getOut(), Terminal.ofThisProcess(), Clock.systemUTC());
    written.ifPresent(file -> display.say("Wrote " + file + ", the settings of this home"));
    new ArchiveRefresh(
            Distribution.ofThisProcess(), System.getenv(), System.getProperty("troupe.script"))
        .refresh(display::say);
    if (files.settingsDiffer()) {
      display.say(
          "The cluster that runs here keeps its settings. %s was changed since. Apply it with: %s"
              .formatted(home.resolve(SettingsLoader.FILE), homeOption.commandLine("reload")));
    }
    display.say("Starting " + home + (detach ? " in the background" : ""));
    if (settings.services().isEmpty()) {
      display.say("No services: " + home.resolve(SettingsLoader.FILE) + " names none");
    }
    debugged.forEach(target -> display.say(target.text()));
    if (detach) {
      StartupMonitor startup =
          new StartupMonitor(
              display,
              "Stop it with: %s. Look at it with: %s, %s"
                  .formatted(
                      homeOption.commandLine("down"),
                      homeOption.commandLine("status"),
                      homeOption.commandLine("logs -f")),
              () -> dashboard(settings),
              dependencies(settings),
              settings.startTimeout(),
              () -> Duration.ofNanos(System.nanoTime()));
      return new DetachedLauncher(settings, display, startup, homeOption, debugged).start().code();
    }
    LauncherLock lock =
        LauncherLock.acquire(settings.run()).orElseThrow(() -> alreadyRuns(settings));
    try (lock) {
      DebugTarget.ports(debugged).write(settings.run());
      CurrentDeployment deployment = files.keep();
      files.complaints().forEach(display::say);
      return runInForeground(settings, deployment, display).code();
    }
  }

  private ExitCode runInForeground(
      Settings settings, CurrentDeployment deployment, StatusDisplay display)
      throws InterruptedException, IOException {
    BlockingQueue<LauncherEvent> events = new LinkedBlockingQueue<>();
    Signals.receive(signal -> events.add(new LauncherEvent.StopRequested(signal)));
    String hint =
        "%s it with: %s. Look at it with: %s, %s"
            .formatted(
                Terminal.ofThisProcess().isPresent() ? "Ctrl-C stops it, or stop" : "Stop",
                homeOption.commandLine("down"),
                homeOption.commandLine("status"),
                homeOption.commandLine("logs -f"));
    String abandonment =
        "The other processes go on serving without a seed node. Nobody relaunches them, and they"
            + " end after orphan-grace (%s). Supervise them again with: %s. Stop them with: %s"
                .formatted(
                    DurationFormat.fine(settings.orphanGrace()),
                    homeOption.commandLine("up"),
                    homeOption.commandLine("down"));
    Supplier<Duration> uptime = () -> Duration.ofNanos(System.nanoTime());
    Files.deleteIfExists(settings.run().resolve(KillRecords.FILE));
    SeedLauncher seeds =
        new HomeSeedLauncher(settings, deployment, HomeSecret.obtain(settings.run()));
    SeedSupervisor supervisor =
        new SeedSupervisor(
            seeds,
            events,
            display,
            new StartupMonitor(
                display,
                hint,
                () -> dashboard(settings),
                dependencies(settings),
                settings.startTimeout(),
                uptime),
            new RelaunchPolicy(settings.restart(), Math::random),
            new SeedSupervisor.Timeouts(
                settings.startTimeout(), settings.health().heartbeatTimeout()),
            uptime);
    return new Launcher(
            supervisor, seeds, events, display, sleep -> stopAll(settings, sleep), abandonment)
        .run();
  }

  private static OrderedStop.Result stopAll(Settings settings, CancellableSleep sleep)
      throws InterruptedException {
    OrderedStop.Result result =
        new OrderedStop(
                new ClusterProcesses(settings.home()),
                () -> ControlClient.of(settings.run()),
                StopPlan.of(settings),
                KillRecords.of(settings.run()),
                sleep)
            .run();
    if (!result.killed().isEmpty()) {
      try {
        KillRecords.write(settings.run(), result.killed().keySet());
      } catch (IOException ignored) {
        // The output of this launcher names them too.
      }
    }
    return result;
  }

  // A file or a journal that takes the output keeps it for longer than a login link may be known.
  private Optional<String> dashboard(Settings settings) {
    try {
      Optional<ControlClient> seed = ControlClient.of(settings.run());
      if (seed.isEmpty()) {
        return Optional.empty();
      }
      String command = homeOption.commandLine("dashboard");
      return Optional.of(
          Terminal.ofThisProcess().isPresent()
              ? "Dashboard: %s (good for one login; for another: %s)"
                  .formatted(seed.get().loginLink().url(), command)
              : "Dashboard: %s. Log in with: %s".formatted(seed.get().dashboard(), command));
    } catch (ControlException e) {
      return Optional.empty();
    }
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
