package dev.troupe.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.protocol.control.Alert;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.report.DurationFormat;
import dev.troupe.protocol.text.VisibleText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts}: shows what an operator should look at, and tests who is told of it. */
@Command(
    name = "alerts",
    description =
        "Shows what is not well and lasts. With 'test' it sends a message to all receivers of alerts,"
            + " and has exit code 1 if one does not take it.")
public final class AlertsCommand implements Callable<Integer> {
  /** What to do instead of showing alerts. */
  enum Action {
    TEST
  }

  // The seed node gives a receiver ten seconds.
  private static final Duration TEST_TIMEOUT = Duration.ofSeconds(20);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "test", arity = "0..1", description = "Tests the receivers.")
  private @Nullable Action action;

  @Option(names = "--json", description = "Prints the alerts as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    if (action == Action.TEST) {
      List<AlertDelivery> results = request.ask(seed -> seed.within(TEST_TIMEOUT).testAlerts());
      results.forEach(result -> out.println(VisibleText.line(text(result))));
      return results.stream().allMatch(result -> result.problem() == null)
          ? ExitCode.OK.code()
          : ExitCode.FAILED.code();
    }
    if (json) {
      out.println(new String(request.ask(ControlClient::alertsJson), UTF_8).strip());
      return ExitCode.OK.code();
    }
    List<Alert> alerts = request.ask(ControlClient::alerts);
    if (alerts.isEmpty()) {
      out.println("All is well.");
    }
    alerts.forEach(alert -> print(alert, out));
    return ExitCode.OK.code();
  }

  private static String text(AlertDelivery result) {
    return result.receiver() + ": " + (result.problem() == null ? "delivered" : result.problem());
  }

  private static void print(Alert alert, PrintWriter out) {
    out.printf(
        "%s, for %s: %s%n",
        alert.kind(),
        DurationFormat.coarse(Duration.between(alert.since(), Instant.now())),
        VisibleText.line(alert.text()));
    alert.why().forEach(line -> out.println("  " + VisibleText.line(line)));
  }
}
