package dev.troupe.cli.stop;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code down}: stops all processes of the cluster, whatever state they are in. */
@Command(
    name = "down",
    description =
        "Stops the cluster in order. Each process has the time that the settings give it, and is"
            + " killed after that. Works also when the launcher or the seed node is dead.")
public final class DownCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(50);
  // Beyond its ordered stop a launcher needs time to kill, and to be scheduled at all.
  private static final Duration LAUNCHER_SLACK = Duration.ofSeconds(10);

  @Mixin private HomeOption homeOption = new HomeOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Path home = homeOption.path();
    Path run = home.resolve("run");
    PrintWriter out = spec.commandLine().getOut();
    ClusterProcesses processes = new ClusterProcesses(home);
    OptionalLong launcher = LauncherLock.holder(run);
    int alive = processes.find().size();
    if (launcher.isEmpty() && alive == 0) {
      throw new CommandException(
          ExitCode.NOTHING_RUNS,
          "Nothing runs in %s. Start it with: %s".formatted(home, homeOption.commandLine("up")));
    }

    out.printf("Stopping %d process%s of %s ", alive, alive == 1 ? "" : "es", home);
    out.flush();
    long start = System.nanoTime();
    CancellableSleep dots = new ProgressDots(out);
    StopPlan plan = StopPlan.of(home);
    List<ClusterProcess> before = processes.find();
    if (launcher.isPresent()) {
      stopLauncher(launcher.getAsLong(), plan, dots);
    }
    KillRecords killRecords = KillRecords.of(run);
    OrderedStop.Result result =
        new OrderedStop(processes, () -> ControlClient.of(run), plan, killRecords, dots).run();
    Map<Long, String> killed = new LinkedHashMap<>(result.killed());
    killRecords
        .killedAmong(before)
        .forEach(process -> killed.putIfAbsent(process.pid(), process.toString()));
    out.println();
    return report(
        home,
        out,
        new OrderedStop.Result(
            Math.max(alive, result.processes()),
            killed,
            result.remaining(),
            Duration.ofNanos(System.nanoTime() - start)));
  }

  // Lets the launcher stop the cluster: otherwise it would take the end of the seed node for a
  // crash.
  private static void stopLauncher(long pid, StopPlan plan, CancellableSleep sleep)
      throws InterruptedException {
    Optional<ProcessHandle> launcher = ProcessHandle.of(pid);
    if (launcher.isEmpty()) {
      return;
    }
    launcher.get().destroy();
    // Time for the stop by the seed node and, if that fails, for the stop by the launcher.
    Duration bound = plan.whole().multipliedBy(2).plus(LAUNCHER_SLACK);
    long deadline = System.nanoTime() + bound.toNanos();
    while (ProcessLiveness.isAlive(launcher.get())
        && !ProcessLiveness.isStopped(pid)
        && System.nanoTime() < deadline) {
      sleep.sleep(POLL);
    }
    launcher.get().destroyForcibly();
  }

  private static int report(Path home, PrintWriter out, OrderedStop.Result result) {
    if (!result.remaining().isEmpty()) {
      throw new CommandException(ExitCode.FAILED, result.text());
    }
    out.println(result.text());
    RunningFiles.forget(home);
    return (result.killed().isEmpty() ? ExitCode.OK : ExitCode.KILLED).code();
  }

  /** Prints a dot each half second while it sleeps. */
  private static final class ProgressDots implements CancellableSleep {
    private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

    private final PrintWriter out;
    private long last = System.nanoTime();

    ProgressDots(PrintWriter out) {
      this.out = out;
    }

    @Override
    public boolean sleep(Duration duration) throws InterruptedException {
      if (System.nanoTime() - last >= INTERVAL_NANOS) {
        last = System.nanoTime();
        out.print('.');
        out.flush();
      }
      return CancellableSleep.uncancellable().sleep(duration);
    }
  }
}
