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

/** {@code scale}: more or fewer instances of a service, while it serves. */
@Command(
    name = "scale",
    description =
        "Gives a service another number of instances, until the cluster is stopped, and waits"
            + " until they are ready. Those that go finish what they took. Ends with 1 if it does not"
            + " come to that in the time that stops and starts may take.")
public final class ScaleCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SERVICE", description = "Like UserService.")
  private String service = "";

  @Parameters(paramLabel = "INSTANCES", description = "How many, 1 to 64.")
  private int instances;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SeedOrder order = new SeedOrder(homeOption);
    long rollout = order.begin(seed -> seed.scale(service, instances));
    ExitCode end = order.awaitEnd(out, service, rollout);
    out.printf("%s has %d ready.%n", service, instances);
    return end.code();
  }
}
