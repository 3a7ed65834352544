package dev.troupe.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.display.TextTable;
import dev.troupe.protocol.control.RouteList;
import dev.troupe.protocol.control.ServiceRoute;
import dev.troupe.protocol.text.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code routes}: shows what the gateway answers, and which service does it. */
@Command(
    name = "routes",
    description =
        "Lists each method and path that the gateway answers, with the service and its action.")
public final class RoutesCommand implements Callable<Integer> {
  @Mixin private HomeOption homeOption = new HomeOption();

  @Option(names = "--json", description = "Prints the list as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    if (json) {
      out.println(new String(request.ask(ControlClient::routesJson), UTF_8).strip());
    } else {
      lines(request.ask(ControlClient::routes)).forEach(out::println);
    }
    return ExitCode.OK.code();
  }

  private static List<String> lines(RouteList list) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "PATH", "SERVICE", "ACTION", "READY"));
    for (ServiceRoute route : list.routes()) {
      rows.add(
          List.of(
              route.method(),
              route.path(),
              route.service(),
              route.action(),
              Integer.toString(route.ready())));
    }
    return TextTable.lines(rows).stream().map(VisibleText::line).toList();
  }
}
