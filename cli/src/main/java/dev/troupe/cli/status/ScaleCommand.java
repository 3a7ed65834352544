package dev.troupe.cli.status;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scale}: changes the number of instances of a service while it serves. */
@Command(
    name = "scale",
    description =
        "Gives a service another number of instances until the cluster is stopped. Waits until the"
            + " new ones are ready; those that are too many finish their requests first. The exit"
            + " code is 1 if that takes longer than the settings give to stops and starts.")
public final class ScaleCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SERVICE", description = "A service like UserService.")
  private String service = "";

  @Parameters(
      paramLabel = "INSTANCES",
      description = "Number of instances, 0 to 64; 0 stops the service.")
  private int instances;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    long rollout = request.begin(seed -> seed.scale(service, instances));
    ExitCode end = request.awaitEnd(out, service, rollout);
    out.printf("%s has %d ready.%n", service, instances);
    return end.code();
  }
}
