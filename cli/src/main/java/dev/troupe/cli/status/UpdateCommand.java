package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeAccess;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.deploy.ServiceJars;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.ProcessArguments;
import dev.troupe.protocol.launch.SeedEnd;
import dev.troupe.protocol.settings.ServiceSettings;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code update}: gives a running cluster the newest jars, one process after the other. */
@Command(
    name = "update",
    description =
        "Gives the running cluster the jars that are there now, Troupe's own and those in services:"
            + " replaces the processes of each service one after the other, then the gateways if"
            + " there are two at least, then the seed node. Settings stay as they are.")
public final class UpdateCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path home = homeOption.path();
    HomeAccess.requireSafe(home);
    PrintWriter out = spec.commandLine().getOut();
    SeedOrder order = new SeedOrder(homeOption);
    order.status();
    // Of two at once one would undo what the other has decided.
    LauncherLock lock =
        LauncherLock.acquireForUpdate(home.resolve("run"))
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.FAILED,
                        "Another command updates the cluster in %s. Wait for its end"
                            .formatted(home)));
    try (lock) {
      update(home, order, out);
    }
    return ExitCode.OK.code();
  }

  private void update(Path home, SeedOrder order, PrintWriter out) throws IOException {
    Optional<Deployment> earlier = Deployment.find(home);
    ServiceJars services = new ServiceJars(home);
    Deployment next = new Deployment(home, Distribution.ofThisProcess(), services.copy());
    next.write();
    try {
      replaceServices(order, next, out);
    } catch (CommandException e) {
      if (earlier.isPresent()) {
        earlier.get().write();
      }
      throw new CommandException(
          e.exitCode(),
          "%s%nThe update ends here. What is launched from now on has the jars of before. Services that were replaced already go back to them with: %s"
              .formatted(e.getMessage(), homeOption.commandLine("restart --rolling SERVICE")));
    }
    replaceGateways(order, next, out);
    replaceSeed(order, next, out);
    if (outdated(next).isEmpty()) {
      services.keepOnly(next.services());
    }
    out.printf("Updated to %s.%n", next.lib().directory().getParent());
  }

  private void replaceServices(SeedOrder order, Deployment next, PrintWriter out) {
    for (ServiceSettings service : RunningFiles.settings(next.home()).services()) {
      if (isOutdated(service.name(), next)) {
        order.replaceAll(service.name(), out);
        out.printf("%s: updated.%n", service.name());
      }
    }
  }

  private void replaceGateways(SeedOrder order, Deployment next, PrintWriter out) {
    if (!isOutdated(NodeNames.GATEWAY, next)) {
      return;
    }
    if (order.status().slotsOf(NodeNames.GATEWAY).size() > 1) {
      order.replaceAll(NodeNames.GATEWAY, out);
      out.printf("%s: updated.%n", NodeNames.GATEWAY);
      return;
    }
    out.printf(
        "The only gateway keeps its jars until it is restarted, since no connection is accepted"
            + " meanwhile. Restart it with: %s%n",
        homeOption.commandLine("restart gateway-1"));
  }

  // Supervision survives the death of the seed node: its launcher launches another, which takes
  // over what runs.
  private void replaceSeed(SeedOrder order, Deployment next, PrintWriter out) {
    Optional<ClusterProcess> seed =
        outdated(next).stream().filter(ClusterProcess::isSeed).findFirst();
    if (seed.isEmpty()) {
      return;
    }
    announceEnd(order, next, seed.get());
    seed.get().handle().destroyForcibly();
    order.await(out, status -> isReplaced(seed.get(), status));
    out.println("seed-1: updated.");
  }

  // So that it is not taken for a seed node that somebody killed.
  private static void announceEnd(SeedOrder order, Deployment next, ClusterProcess seed) {
    int generation =
        order.status().slotsOf(NodeNames.SEED).stream()
            .mapToInt(SlotStatus::generation)
            .max()
            .orElse(0);
    try {
      new SeedEnd(
              seed.pid(),
              generation,
              Instant.now(),
              null,
              Initiator.OPERATOR,
              "replaced by order (bin/troupe update)",
              0,
              List.of())
          .write(next.home().resolve("run"));
    } catch (IOException onlyLessIsSaid) {
      // It is replaced all the same.
    }
  }

  private static Optional<ExitCode> isReplaced(ClusterProcess seed, ClusterStatus status) {
    boolean replaced =
        status.slots().stream()
            .filter(slot -> slot.slot().equals(seed.slot()))
            .anyMatch(slot -> slot.pid() != null && slot.pid() != seed.pid());
    boolean settled = status.slots().stream().allMatch(slot -> slot.state().isSettled());
    return replaced && settled ? Optional.of(ExitCode.OK) : Optional.empty();
  }

  private static boolean isOutdated(String service, Deployment next) {
    return outdated(next).stream()
        .anyMatch(process -> process.slot().replaceFirst("-[0-9]+$", "").equals(service));
  }

  /** Processes of the cluster that were launched with other jars. */
  private static List<ClusterProcess> outdated(Deployment next) {
    String own = next.lib().directory() + "/";
    String all =
        Stream.concat(next.lib().jars().stream(), next.serviceJars().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return new ClusterProcesses(next.home())
        .find().stream()
            .filter(
                process -> {
                  String classPath = classPath(ProcessArguments.of(process.handle()));
                  boolean service =
                      !process.isSeed() && !process.slot().startsWith(NodeNames.GATEWAY + "-");
                  return service ? !classPath.equals(all) : !classPath.startsWith(own);
                })
            .toList();
  }

  private static String classPath(List<String> arguments) {
    int option = arguments.indexOf("-cp");
    return option < 0 || option + 1 == arguments.size() ? "" : arguments.get(option + 1);
  }
}
