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

/** {@code restart}: replaces the process of a slot, or those of all slots of a service. */
@Command(
    name = "restart",
    description =
        "Stops a slot, or all slots of a service, in order and launches them again. Waits until they"
            + " are ready. The exit code is 1 if they are not ready in the time that the settings"
            + " give to stops and starts.")
public final class RestartCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      paramLabel = "SLOT|SERVICE",
      description = "A slot like UserService-1, or a service like UserService.")
  private String name = "";

  @Option(
      names = "--rolling",
      description =
          "Replaces the processes of a service one after the other. One more process runs meanwhile,"
              + " so that no fewer than before are ready. Waits for the end, and stops at the first"
              + " new process that does not become ready.")
  private boolean rolling;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (!rolling) {
      return new OrderedRestart(homeOption).run(name, out).code();
    }
    SeedRequest request = new SeedRequest(homeOption);
    request.replaceAll(name, out);
    out.printf("%s: all processes replaced.%n", name);
    return ExitCode.OK.code();
  }
}
