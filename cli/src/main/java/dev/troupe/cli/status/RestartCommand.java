package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Rollout;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restart}: new processes for a slot or for all slots of a service. */
@Command(
    name = "restart",
    description = "Stops a slot, or all slots of a service, in order and launches them anew.")
public final class RestartCommand implements Callable<Integer> {
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
      order.give(seed -> seed.restart(name));
      out.printf("Restarting %s. See: %s%n", name, homeOption.commandLine("status"));
      return ExitCode.OK.code();
    }
    order.give(seed -> seed.restartRolling(name));
    ExitCode end = order.await(out, this::end);
    out.printf("%s: all processes replaced.%n", name);
    return end.code();
  }

  private Optional<ExitCode> end(ClusterStatus status) {
    Rollout rollout =
        status
            .rollout(name)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.FAILED,
                        "The seed node was relaunched meanwhile and does not go on. Look at what"
                            + " runs, then repeat it: "
                            + homeOption.commandLine("status")));
    return switch (rollout.state()) {
      case ROLLING -> Optional.empty();
      case DONE -> Optional.of(ExitCode.OK);
      case FAILED -> throw new CommandException(ExitCode.FAILED, rollout.text());
    };
  }
}
