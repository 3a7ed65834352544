package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.display.DurationFormat;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.cli.stop.StopPlan;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.settings.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restart}: new processes for a slot or for all slots of a service. */
@Command(
    name = "restart",
    description =
        "Stops a slot, or all slots of a service, in order and launches them anew; waits until they"
            + " are ready. Ends with 1 if it does not come to that in the time that stops and starts"
            + " may take.")
public final class RestartCommand implements Callable<Integer> {
  /** How long a launch may keep the others from starting. */
  private static final Duration LAUNCH_TURN = Duration.ofSeconds(10);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SLOT|SERVICE", description = "Like UserService-1, or UserService.")
  private String name = "";

  @Option(
      names = "--rolling",
      description =
          "Of a service: one after the other, with one more process beside them meanwhile, so that"
              + " it never has fewer ready than before. Waits for the end; stops at the first new"
              + " process that does not become ready.")
  private boolean rolling;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SeedOrder order = new SeedOrder(homeOption);
    if (!rolling) {
      return restart(order, out).code();
    }
    order.replaceAll(name, out);
    out.printf("%s: all processes replaced.%n", name);
    return ExitCode.OK.code();
  }

  private ExitCode restart(SeedOrder order, PrintWriter out) {
    AtomicReference<ClusterStatus> before = new AtomicReference<>();
    order.begin(
        seed -> {
          before.set(seed.status());
          seed.restart(name);
          return 0;
        });
    AwaitedRestart restart = new AwaitedRestart(name, before.get());
    Duration limit = limit(RunningFiles.settings(homeOption.path()), restart.slots());
    long deadline = System.nanoTime() + limit.toNanos();
    ExitCode end =
        order.awaitSince(
            before.get(),
            out,
            now -> {
              if (restart.isDone(now)) {
                return Optional.of(ExitCode.OK);
              }
              List<String> givenUp = restart.givenUp(now);
              if (!givenUp.isEmpty()) {
                throw new CommandException(ExitCode.FAILED, String.join("; ", givenUp));
              }
              if (System.nanoTime() >= deadline) {
                throw new CommandException(
                    ExitCode.FAILED,
                    "After %s %s. It goes on; follow it with: %s"
                        .formatted(
                            DurationFormat.fine(limit),
                            String.join("; ", restart.notReady(now)),
                            homeOption.commandLine("status")));
              }
              return Optional.empty();
            });
    if (end == ExitCode.OK) {
      out.printf("%s: restarted.%n", name);
    }
    return end;
  }

  /** The longest time in which processes stop, and as many others start in turn. */
  static Duration limit(Settings settings, int slots) {
    return StopPlan.of(settings)
        .longestOfOne()
        .plus(LAUNCH_TURN.multipliedBy(slots))
        .plus(settings.startTimeout());
  }
}
