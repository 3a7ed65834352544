package dev.troupe.cli.dashboard;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.LoginLink;
import dev.troupe.cli.status.SeedRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dashboard}: makes a link that logs a browser in. */
@Command(
    name = "dashboard",
    description =
        "Prints a link that logs a browser in to the dashboard, once, and opens the link where there"
            + " is a desktop.")
public final class DashboardCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(
      names = "--json",
      description = "Prints the link as one line of JSON, for programs, and opens nothing.")
  private boolean json;

  @Option(names = "--no-open", description = "Only prints the link.")
  private boolean noOpen;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LoginLink link = new SeedRequest(homeOption).ask(ControlClient::loginLink);
    if (json) {
      // The link has no character that JSON would escape.
      out.println(
          "{\"url\":\"%s\",\"valid_seconds\":%d}"
              .formatted(link.url(), link.validFor().toSeconds()));
      return ExitCode.OK.code();
    }
    out.println(link.url());
    boolean opened =
        !noOpen
            && Desktop.in(System.getenv()).flatMap(desktop -> desktop.open(link.url())).isPresent();
    out.println(
        opened
            ? "The browser opens it. The link is good once."
            : "Open it in a browser of this machine within %d minutes. The link is good once."
                .formatted(link.validFor().toMinutes()));
    return ExitCode.OK.code();
  }
}
