package dev.troupe.cli.versions;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.protocol.launch.ServiceVersions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code versions}: lists the versions of a service that were taken in. */
@Command(
    name = "versions",
    description =
        "Lists the versions of a service that were taken in: the current one, and the slots that run"
            + " each.")
public final class VersionsCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SERVICE", description = "A service that application.conf names.")
  private String service = "";

  @Option(names = "--json", description = "Prints the list as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path home = homeOption.path();
    ServiceVersions known =
        new ServiceVersions(home, ServiceDeployment.service(home, service).name());
    try {
      VersionList list = VersionList.of(service, known, new RunningVersions(home).of(service));
      if (json) {
        out.println(list.json());
      } else {
        print(list, home, out);
      }
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, service + ": " + e.getMessage());
    }
    return ExitCode.OK.code();
  }

  private void print(VersionList list, Path home, PrintWriter out) {
    if (list.versions().isEmpty()) {
      out.printf(
          "%s has no versions of its own: it runs from the jars in %s, or from those of Troupe."
              + " Take one in with: %s%n",
          service,
          home.resolve("services"),
          homeOption.commandLine("deploy %s FILE…".formatted(service)));
    } else {
      list.lines().forEach(out::println);
    }
    if (!list.otherSlots().isEmpty()) {
      out.printf("From other jars run: %s%n", String.join(", ", list.otherSlots()));
    }
  }
}
