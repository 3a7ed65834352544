package dev.troupe.cli.versions;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deploy}: takes jars of a service in as a version, and makes the cluster run it. */
@Command(
    name = "deploy",
    description =
        "Takes jars of a service in as a version, checks that the service can be loaded and describes"
            + " itself, and replaces its processes one after the other. When a new process does not"
            + " become ready, the version from before comes back. If no cluster runs, the next start"
            + " uses the version.")
public final class DeployCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = "A service that application.conf names.")
  private String service = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "All jars of the service.")
  private List<Path> files = List.of();

  @Mixin private RollingOrAtOnce replacement = new RollingOrAtOnce();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    boolean atOnce = replacement.isAtOnce();
    ServiceDeployment deployment =
        ServiceDeployment.of(homeOption, service, spec.commandLine().getOut());
    deployment.alone(() -> deployment.deploy(files, atOnce));
    return ExitCode.OK.code();
  }
}
