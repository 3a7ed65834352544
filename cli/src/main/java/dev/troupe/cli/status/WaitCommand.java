package dev.troupe.cli.status;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.DurationConverter;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.text.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wait}: returns when services are ready, for scripts. */
@Command(
    name = "wait",
    description =
        "Waits until services are ready. Ends with exit code 1 when that takes an operator, because a"
            + " slot has failed or was stopped, and with exit code 8 after the timeout.")
public final class WaitCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 100;
  private static final Duration LONGEST = Duration.ofDays(1);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      paramLabel = "SERVICE|SLOT",
      arity = "0..*",
      description = "What to wait for. Default: all slots, the gateways among them.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--for",
      paramLabel = "ready|healthy",
      defaultValue = "ready",
      description =
          "ready: one slot of each service runs; healthy: all slots run. Default: ${DEFAULT-VALUE}.")
  private WaitGoal.Kind kind = WaitGoal.Kind.READY;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "The longest time to wait, like 500ms, 90s, 5m. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (timeout.compareTo(LONGEST) > 0) {
      throw new ParameterException(spec.commandLine(), "--timeout: more than a day");
    }
    SeedRequest request = new SeedRequest(homeOption);
    WaitGoal goal = new WaitGoal(kind, names);
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      @Nullable CommandException problem = null;
      @Nullable ClusterStatus status = null;
      try {
        status = request.status();
      } catch (CommandException unanswered) {
        // A cluster that is being started has no seed node yet.
        problem = unanswered;
      }
      if (status != null) {
        List<String> missing = missing(goal, status);
        if (missing.isEmpty()) {
          return ExitCode.OK.code();
        }
        problem = timedOut(missing);
      }
      if (System.nanoTime() - end >= 0) {
        throw Objects.requireNonNull(problem);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private List<String> missing(WaitGoal goal, ClusterStatus status) {
    List<String> unknown = goal.unknown(status);
    if (!unknown.isEmpty()) {
      throw new CommandException(
          ExitCode.UNKNOWN_NAME,
          "There is no slot or service '%s'. There are: %s"
              .formatted(
                  unknown.get(0),
                  String.join(
                      ", ",
                      status.slots().stream().map(slot -> slot.service()).distinct().toList())));
    }
    WaitGoal.Distance distance = goal.distance(status);
    if (!distance.isReached() && !distance.reachable()) {
      throw new CommandException(
          ExitCode.FAILED,
          text("Not %s, and that does not change by itself:".formatted(label()), distance.missing())
              + "%nSee why with: %s".formatted(homeOption.commandLine("why SLOT")));
    }
    return distance.missing();
  }

  private CommandException timedOut(List<String> missing) {
    return new CommandException(
        ExitCode.TIMED_OUT,
        text("Not %s after %d ms:".formatted(label(), timeout.toMillis()), missing));
  }

  private String label() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String text(String first, List<String> missing) {
    StringBuilder text = new StringBuilder(first);
    missing.forEach(line -> text.append("%n  ".formatted()).append(VisibleText.line(line)));
    return text.toString();
  }
}
