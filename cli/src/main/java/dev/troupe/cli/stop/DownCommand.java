package dev.troupe.cli.stop;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.launch.Liveness;
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

/** {@code down}: leaves no process of the cluster, whatever state it is in. */
@Command(
    name = "down",
    description =
        "Stops the cluster in order, each process with the time the settings give it; kills what"
            + " does not stop in that. Works also when launcher or seed node are dead.")
public final class DownCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(50);
  // What the launcher may need beyond the ordered stop: to kill, and to be scheduled at all.
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
    Pause dots = new Dots(out);
    StopPlan plan = StopPlan.of(home);
    List<ClusterProcess> before = processes.find();
    if (launcher.isPresent()) {
      stopLauncher(launcher.getAsLong(), plan, dots);
    }
    KilledByOthers killedByOthers = KilledByOthers.in(run);
    OrderedStop.Outcome outcome =
        new OrderedStop(processes, () -> ControlClient.of(run), plan, killedByOthers, dots).run();
    Map<Long, String> killed = new LinkedHashMap<>(outcome.killed());
    killedByOthers
        .among(before)
        .forEach(process -> killed.putIfAbsent(process.pid(), process.toString()));
    out.println();
    return report(
        home,
        out,
        new OrderedStop.Outcome(
            Math.max(alive, outcome.processes()),
            killed,
            outcome.remaining(),
            Duration.ofNanos(System.nanoTime() - start)));
  }

  // The launcher's own ordered stop, so that it does not take the end of its seed node for a crash.
  private static void stopLauncher(long pid, StopPlan plan, Pause pause)
      throws InterruptedException {
    Optional<ProcessHandle> launcher = ProcessHandle.of(pid);
    if (launcher.isEmpty()) {
      return;
    }
    launcher.get().destroy();
    // The seed node's stop, and if that fails the launcher's own.
    Duration bound = plan.whole().multipliedBy(2).plus(LAUNCHER_SLACK);
    long deadline = System.nanoTime() + bound.toNanos();
    while (Liveness.isAlive(launcher.get())
        && !Liveness.isStopped(pid)
        && System.nanoTime() < deadline) {
      pause.elapse(POLL);
    }
    launcher.get().destroyForcibly();
  }

  private static int report(Path home, PrintWriter out, OrderedStop.Outcome outcome) {
    if (!outcome.remaining().isEmpty()) {
      throw new CommandException(ExitCode.FAILED, outcome.text());
    }
    out.println(outcome.text());
    RunningFiles.forget(home);
    return (outcome.killed().isEmpty() ? ExitCode.OK : ExitCode.KILLED).code();
  }
}
