package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path home = homeOption.path();
    ControlClient seed =
        ControlClient.of(home.resolve("run"))
            .orElseThrow(() -> SilentSeed.explain(home, homeOption, SilentSeed.NO_FILE));
    try {
      seed.restart(name);
    } catch (ControlException e) {
      if (e.isUnknownName()) {
        throw new CommandException(ExitCode.UNKNOWN_NAME, e.getMessage());
      }
      if (e.isRefusal()) {
        throw new CommandException(ExitCode.FAILED, e.getMessage());
      }
      throw SilentSeed.explain(home, homeOption, e.getMessage());
    }
    spec.commandLine()
        .getOut()
        .printf("Restarting %s. See: %s%n", name, homeOption.commandLine("status"));
    return ExitCode.OK.code();
  }
}
