package dev.troupe.cli.versions;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeAccess;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.cli.deploy.VersionCheck;
import dev.troupe.cli.deploy.VersionIntake;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.LauncherLock;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.cli.status.SeedRequest;
import dev.troupe.protocol.control.ServiceRoute;
import dev.troupe.protocol.files.PrivateFile;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.settings.DidYouMean;
import dev.troupe.protocol.settings.ServiceSettings;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a version of a service and makes the cluster run it, or the next start if none runs. */
final class ServiceDeployment {
  private final HomeOption homeOption;
  private final PrintWriter out;
  private final Path home;
  private final boolean running;
  private final ServiceSettings service;
  private final ServiceVersions versions;
  private final VersionIntake intake;
  private final SeedRequest request;

  private ServiceDeployment(
      HomeOption homeOption, PrintWriter out, boolean running, ServiceSettings service) {
    this.homeOption = homeOption;
    this.out = out;
    this.home = homeOption.path();
    this.running = running;
    this.service = service;
    this.versions = new ServiceVersions(home, service.name());
    this.intake = new VersionIntake(versions);
    this.request = new SeedRequest(homeOption);
  }

  /**
   * @throws CommandException when the settings do not name the service, or the cluster has no seed
   *     node
   */
  static ServiceDeployment of(HomeOption homeOption, String name, PrintWriter out) {
    Path home = homeOption.path();
    HomeAccess.requireSafe(home);
    boolean running = !new ClusterProcesses(home).find().isEmpty();
    ServiceSettings service = service(home, name);
    ServiceDeployment deployment = new ServiceDeployment(homeOption, out, running, service);
    if (running) {
      deployment.request.status();
    }
    return deployment;
  }

  /**
   * @throws CommandException when the settings do not name the service
   */
  static ServiceSettings service(Path home, String name) {
    Settings settings;
    try {
      settings = RunningFiles.settings(home);
    } catch (SettingsException e) {
      throw new CommandException(ExitCode.BAD_SETTINGS, e.getMessage());
    }
    List<String> known = settings.services().stream().map(ServiceSettings::name).toList();
    ServiceSettings found =
        settings
            .service(name)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.UNKNOWN_NAME,
                        "There is no service '%s'%s. The settings name: %s"
                            .formatted(
                                name,
                                DidYouMean.to(name, known)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""),
                                String.join(", ", known))));
    if (found.program() != null) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s is a program, and has no jars that could be deployed. Put its new files in place, then: bin/troupe restart --rolling %s"
              .formatted(name, name));
    }
    return found;
  }

  ServiceVersions versions() {
    return versions;
  }

  /** What is done while no other command deploys or updates. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /**
   * @throws CommandException when another command deploys or updates, or the work fails
   */
  void alone(Work work) throws InterruptedException {
    try {
      PrivateFile.createDirectory(home.resolve("run"));
      LauncherLock lock = LauncherLock.requireForUpdate(home);
      try (lock) {
        work.run();
      }
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, service.name() + ": " + e.getMessage());
    }
  }

  /** Takes jars in, checks them, and deploys them. */
  void deploy(List<Path> jars, boolean atOnce) throws IOException, InterruptedException {
    VersionIntake.Candidate candidate = intake.copy(jars);
    boolean kept = false;
    try {
      if (isDeployed(candidate.version())) {
        out.printf("%s: version %s runs already.%n", service.name(), candidate.version());
        return;
      }
      intake.keep(candidate, checked(candidate.jars()));
      kept = true;
    } finally {
      if (!kept) {
        intake.discard(candidate);
      }
    }
    launch(candidate.version(), atOnce);
  }

  /** Deploys a version that was taken in before. */
  void goTo(String version, boolean atOnce) throws IOException, InterruptedException {
    if (isDeployed(version)) {
      out.printf("%s: version %s runs already.%n", service.name(), version);
      return;
    }
    List<Path> jars = versions.jars(version).stream().map(home::resolve).toList();
    if (!intake.isUndamaged(version)) {
      throw versions.damaged(version, "its jars do not have the content that was taken in");
    }
    checked(jars);
    launch(version, atOnce);
  }

  private boolean isDeployed(String version) throws IOException {
    if (!versions.current().equals(Optional.of(version)) || !intake.isUndamaged(version)) {
      return false;
    }
    Map<String, String> slots = new RunningVersions(home).of(service.name());
    return !running || slots.values().stream().allMatch(version::equals);
  }

  private String checked(List<Path> jars) throws IOException, InterruptedException {
    Distribution lib =
        Deployment.find(home).map(Deployment::lib).orElseGet(Distribution::ofThisProcess);
    List<ServiceRoute> taken = running ? request.ask(seed -> seed.routes()).routes() : List.of();
    VersionCheck.Result result = new VersionCheck(home, lib, running).run(service, jars, taken);
    if (!result.isUsable()) {
      throw new CommandException(
          ExitCode.FAILED, "%s%nNothing was deployed: %s".formatted(result.text(), unchanged()));
    }
    return result.text();
  }

  private String unchanged() throws IOException {
    return versions
        .current()
        .map(version -> "version %s of %s stays".formatted(version, service.name()))
        .orElse(service.name() + " stays as it is");
  }

  private void launch(String version, boolean atOnce) throws IOException {
    if (!running) {
      versions.makeCurrent(version, Instant.now());
      new RunningVersions(home).deleteOld(service.name());
      out.printf(
          "%s: version %s is the current one. The next start uses it: %s%n",
          service.name(), version, homeOption.commandLine("up"));
      return;
    }
    out.printf("%s: deploying version %s%n", service.name(), version);
    out.flush();
    long rollout = request.begin(seed -> seed.deploy(service.name(), version, atOnce));
    ExitCode end = request.awaitEnd(out, service.name(), rollout);
    if (end != ExitCode.OK) {
      throw new CommandException(
          end, service.name() + ": interrupted; the seed node goes on with the deployment");
    }
    RunningVersions now = new RunningVersions(home);
    now.deleteOld(service.name());
    if (!now.of(service.name()).values().stream().allMatch(version::equals)) {
      // A process that crashed just when it was to be replaced.
      throw new CommandException(
          ExitCode.FAILED,
          "%s: not all processes run version %s yet. Repeat the command. Look at them with: %s"
              .formatted(
                  service.name(), version, homeOption.commandLine("versions " + service.name())));
    }
    out.printf("%s: all processes run version %s.%n", service.name(), version);
  }
}
