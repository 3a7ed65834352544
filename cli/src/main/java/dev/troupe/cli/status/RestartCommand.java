package dev.troupe.cli.status;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import java.io.PrintWriter;
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
      order.begin(
          seed -> {
            seed.restart(name);
            return 0;
          });
      out.printf("Restarting %s. See: %s%n", name, homeOption.commandLine("status"));
      return ExitCode.OK.code();
    }
    order.replaceAll(name, out);
    out.printf("%s: all processes replaced.%n", name);
    return ExitCode.OK.code();
  }
}
