package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeAccess;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.deploy.DroppedJars;
import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.cli.deploy.ServiceJars;
import dev.troupe.cli.deploy.VersionCheck;
import dev.troupe.cli.deploy.VersionIntake;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.ServiceJarArguments;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code update}: replaces the processes of a running cluster by ones with the newest jars. */
@Command(
    name = "update",
    description =
        "Gives the running cluster the newest jars, Troupe's own and those in services. Replaces the"
            + " processes of each service one after the other, then the gateways if there are at"
            + " least two, then the seed node. The settings stay as they are.")
public final class UpdateCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = homeOption.path();
    HomeAccess.requireSafe(home);
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    requireSeed(request);
    // Each of two updates at once would overwrite the deployment of the other.
    LauncherLock lock = LauncherLock.requireForUpdate(home);
    try (lock) {
      update(home, request, out);
    }
    return ExitCode.OK.code();
  }

  // The status itself is not used: the request fails when no seed node answers.
  private static void requireSeed(SeedRequest request) {
    request.status();
  }

  private void update(Path home, SeedRequest request, PrintWriter out)
      throws IOException, InterruptedException {
    Optional<Deployment> earlier = Deployment.find(home);
    ServiceJars services = new ServiceJars(home);
    Deployment next = new Deployment(home, Distribution.ofThisProcess(), services.copy());
    next.write();
    try {
      replaceServices(request, next, out);
    } catch (CommandException e) {
      if (earlier.isPresent()) {
        earlier.get().write();
      }
      throw new CommandException(
          e.exitCode(),
          "%s%nThe update ends here. Processes that are launched from now on use the earlier jars again. Services that were updated already return to them with: %s"
              .formatted(e.getMessage(), homeOption.commandLine("restart --rolling SERVICE")));
    }
    replaceGateways(request, next, out);
    replaceSeed(request, next, out);
    if (outdated(next).isEmpty()) {
      services.keepOnly(next.services());
    }
    out.printf("Updated to %s.%n", next.lib().directory().getParent());
  }

  private void replaceServices(SeedRequest request, Deployment next, PrintWriter out)
      throws IOException, InterruptedException {
    for (ServiceSettings service : RunningFiles.settings(next.home()).services()) {
      if (deployDropped(service, request, next, out)) {
        out.printf("%s: updated.%n", service.name());
      } else if (isOutdated(service.name(), next)) {
        request.replaceAll(service.name(), out);
        out.printf("%s: updated.%n", service.name());
      }
    }
  }

  /**
   * Deploys the jars that somebody has put into {@code services/NAME} since the last time.
   *
   * @return false if there are none
   */
  private boolean deployDropped(
      ServiceSettings service, SeedRequest request, Deployment next, PrintWriter out)
      throws IOException, InterruptedException {
    if (service.program() != null) {
      return false;
    }
    ServiceVersions versions = new ServiceVersions(next.home(), service.name());
    DroppedJars dropped = new DroppedJars(versions);
    Optional<VersionIntake.Candidate> found;
    try {
      found = dropped.copyNew();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "%s: %s".formatted(service.name(), e.getMessage()));
    }
    if (found.isEmpty()) {
      return false;
    }
    VersionIntake.Candidate candidate = found.get();
    VersionIntake intake = new VersionIntake(versions);
    VersionCheck.Result result =
        new VersionCheck(next.home(), next.lib(), true)
            .run(service, candidate.jars(), request.ask(ControlClient::routes).routes());
    if (!result.isUsable()) {
      intake.discard(candidate);
      throw new CommandException(ExitCode.FAILED, result.text());
    }
    intake.keep(candidate, result.text());
    long rollout = request.begin(seed -> seed.deploy(service.name(), candidate.version(), false));
    request.awaitEnd(out, service.name(), rollout);
    dropped.markTaken(candidate);
    new RunningVersions(next.home()).deleteOld(service.name());
    return true;
  }

  private void replaceGateways(SeedRequest request, Deployment next, PrintWriter out) {
    if (!isOutdated(NodeNames.GATEWAY, next)) {
      return;
    }
    if (request.status().slotsOf(NodeNames.GATEWAY).size() > 1) {
      request.replaceAll(NodeNames.GATEWAY, out);
      out.printf("%s: updated.%n", NodeNames.GATEWAY);
      return;
    }
    out.printf(
        "The only gateway keeps its jars, because its restart would interrupt new connections."
            + " Restart it with: %s%n",
        homeOption.commandLine("restart gateway-1"));
  }

  // The launcher launches another seed node, which adopts the running processes.
  private void replaceSeed(SeedRequest request, Deployment next, PrintWriter out) {
    if (outdated(next).stream().noneMatch(ClusterProcess::isSeed)) {
      return;
    }
    new SeedReplacement(next.home(), request).run("replaced by order (bin/troupe update)", out);
    out.println("seed-1: updated.");
  }

  private static boolean isOutdated(String service, Deployment next) {
    return outdated(next).stream()
        .anyMatch(process -> NodeNames.serviceOf(process.slot()).equals(service));
  }

  /** Processes of the cluster that were launched with other jars. */
  private static List<ClusterProcess> outdated(Deployment next) {
    String own = next.lib().directory() + "/";
    Settings settings = RunningFiles.settings(next.home());
    return new ClusterProcesses(next.home())
        .find().stream()
            .filter(
                process -> {
                  List<String> arguments = ProcessInfo.arguments(process.handle());
                  boolean isService =
                      !process.isSeed()
                          && !NodeNames.serviceOf(process.slot()).equals(NodeNames.GATEWAY);
                  return !classPath(arguments).startsWith(own)
                      || (isService
                          && !ServiceJarArguments.in(arguments)
                              .equals(jars(next, settings, NodeNames.serviceOf(process.slot()))));
                })
            .toList();
  }

  private static List<Path> jars(Deployment next, Settings settings, String service) {
    boolean isProgram = settings.service(service).map(ServiceSettings::program).isPresent();
    try {
      return isProgram ? List.of() : next.jarsOf(service);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, e.getMessage());
    }
  }

  private static String classPath(List<String> arguments) {
    int option = arguments.indexOf("-cp");
    return option < 0 || option + 1 == arguments.size() ? "" : arguments.get(option + 1);
  }
}
