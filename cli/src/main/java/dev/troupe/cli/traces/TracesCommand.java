package dev.troupe.cli.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.TraceQuery;
import dev.troupe.cli.status.SeedRequest;
import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.report.TimeFormat;
import dev.troupe.protocol.text.VisibleText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code traces}: shows the traces that the seed node keeps. */
@Command(
    name = "traces",
    description =
        "Lists the traces that are kept: of requests that failed, were slow, were sent to a second"
            + " instance or waited for one, and some others. With an id it shows the spans of one.")
public final class TracesCommand implements Callable<Integer> {
  private static final int DEFAULT_LIMIT = 20;

  /** Why the wanted traces are kept. */
  static final class Reason {
    @Option(names = "--failed", description = "Only those that failed.")
    private boolean failed;

    @Option(names = "--slow", description = "Only those that were slow for their route.")
    private boolean slow;

    @Option(names = "--moved", description = "Only those that were sent to a second instance.")
    private boolean moved;

    @Nullable String label() {
      return failed ? "failed" : slow ? "slow" : moved ? "moved" : null;
    }
  }

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "ID", arity = "0..1", description = "The trace to show.")
  private @Nullable String id;

  @ArgGroup private Reason reason = new Reason();

  @Option(
      names = "--route",
      paramLabel = "TEXT",
      description = "Only those with this text in their method and path, like /orders.")
  private @Nullable String route;

  @Option(
      names = "--status",
      paramLabel = "CODE",
      description = "Only those with this status of HTTP.")
  private @Nullable Integer status;

  @Option(
      names = "--min-ms",
      paramLabel = "N",
      description = "Only those that took as many milliseconds at least.")
  private @Nullable Integer minMillis;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "Only that of this request. If there is one, its spans are shown.")
  private @Nullable String request;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_LIMIT,
      description = "How many at most, 1 to 500; ${DEFAULT-VALUE} if not given.")
  private int limit;

  @Option(names = "--json", description = "Prints one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SeedRequest seed = new SeedRequest(homeOption);
    if (id != null) {
      String wanted = id;
      show(seed, wanted);
      return ExitCode.OK.code();
    }
    TraceQuery query = new TraceQuery(reason.label(), route, status, minMillis, request, limit);
    if (json) {
      printJson(seed.find(client -> client.tracesJson(query)));
      return ExitCode.OK.code();
    }
    TraceList found = seed.find(client -> client.traces(query));
    if (request != null && found.traces().size() == 1) {
      show(seed, found.traces().get(0).traceId());
    } else if (found.traces().isEmpty()) {
      out().printf("No such trace is kept, of %d in all.%n", found.kept());
    } else {
      print(TraceTexts.list(found.traces(), TimeFormat.local(Instant.now())));
    }
    return ExitCode.OK.code();
  }

  private void show(SeedRequest seed, String wanted) {
    if (json) {
      printJson(seed.find(client -> client.traceJson(wanted)));
      return;
    }
    TraceReport trace = seed.find((ControlClient client) -> client.trace(wanted));
    print(TraceTexts.waterfall(trace, TimeFormat.local(Instant.now())));
  }

  private void printJson(byte[] text) {
    out().println(new String(text, UTF_8).strip());
  }

  private void print(List<String> lines) {
    lines.forEach(line -> out().println(VisibleText.line(line)));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
