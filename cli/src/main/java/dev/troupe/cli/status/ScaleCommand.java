package dev.troupe.cli.status;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
            + " until they are ready. Those that go finish what they took.")
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
    order.give(seed -> seed.scale(service, instances));
    ExitCode end = order.await(out, this::end);
    if (end == ExitCode.OK) {
      out.printf("%s has %d ready.%n", service, instances);
    }
    return end.code();
  }

  private Optional<ExitCode> end(ClusterStatus status) {
    List<SlotStatus> slots = status.slotsOf(service);
    if (slots.stream().anyMatch(slot -> slot.state() == SlotState.FAILED)) {
      return Optional.of(ExitCode.FAILED);
    }
    boolean done =
        slots.size() == instances
            && slots.stream().allMatch(slot -> slot.state() == SlotState.RUNNING);
    return done ? Optional.of(ExitCode.OK) : Optional.empty();
  }
}
