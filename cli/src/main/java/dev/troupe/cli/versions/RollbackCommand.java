package dev.troupe.cli.versions;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.launch.ServiceVersions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rollback}: makes the cluster run an earlier version of a service. */
@Command(
    name = "rollback",
    description =
        "Makes the cluster run the version of a service that was current before, or the one that is"
            + " named. Does it as deploy does.")
public final class RollbackCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = "A service that application.conf names.")
  private String service = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "A version that `versions` lists, or the beginning of its name.")
  private @Nullable String version;

  @Mixin private RollingOrAtOnce replacement = new RollingOrAtOnce();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    boolean atOnce = replacement.isAtOnce();
    ServiceDeployment deployment =
        ServiceDeployment.of(homeOption, service, spec.commandLine().getOut());
    deployment.alone(() -> deployment.goTo(target(deployment.versions()), atOnce));
    return ExitCode.OK.code();
  }

  private String target(ServiceVersions versions) throws IOException {
    String named = version;
    List<String> all = versions.all();
    if (named != null) {
      List<String> found = all.stream().filter(known -> known.startsWith(named)).toList();
      if (found.size() != 1) {
        throw new CommandException(
            ExitCode.UNKNOWN_NAME,
            "%s has %s version '%s'. It has: %s"
                .formatted(
                    service,
                    found.isEmpty() ? "no" : "more than one",
                    named,
                    String.join(", ", all)));
      }
      return found.get(0);
    }
    String current = versions.current().orElse("");
    List<ServiceVersions.Deployed> history = versions.history();
    for (int i = history.size() - 1; i >= 0; i--) {
      String earlier = history.get(i).version();
      if (!earlier.equals(current) && all.contains(earlier)) {
        return earlier;
      }
    }
    throw new CommandException(
        ExitCode.FAILED,
        "%s has no version from before (versions: %s). Deploy one with: %s"
            .formatted(
                service,
                all.isEmpty() ? "none" : String.join(", ", all),
                homeOption.commandLine("deploy " + service + " FILE…")));
  }
}
