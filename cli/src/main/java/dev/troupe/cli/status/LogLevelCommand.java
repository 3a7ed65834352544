package dev.troupe.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.DurationConverter;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.logs.LogLevelRequest;
import dev.troupe.protocol.settings.LogLevel;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code log-level}: lets a process log at another level for a while. */
@Command(
    name = "log-level",
    description =
        "Lets the process of a slot log at another level for a while. Afterwards, and in the next"
            + " process of the slot, the level is that of the settings again.")
public final class LogLevelCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMillis(LogLevelRequest.LONGEST_MILLIS);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(index = "0", paramLabel = "SLOT", description = "A slot like UserService-1.")
  private String slot = "";

  @Parameters(index = "1", paramLabel = "LEVEL", description = "${COMPLETION-CANDIDATES}.")
  private LogLevel level = LogLevel.DEBUG;

  @Option(
      names = "--logger",
      paramLabel = "NAME",
      defaultValue = "ROOT",
      description =
          "Only for this package or class. Default: ROOT, for all that have no level of their own.")
  private String logger = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description = "How long, from 1s to 1h. Default: ${DEFAULT-VALUE}.")
  private Duration time = SHORTEST;

  @Option(names = "--json", description = "Prints the answer as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--for: expected 1s to 1h (for longer: troupe.logs.levels)");
    }
    byte[] answer =
        new SeedRequest(homeOption)
            .ask(seed -> seed.logLevel(slot, logger, level, time.toSeconds()));
    spec.commandLine()
        .getOut()
        .println(
            json
                ? new String(answer, UTF_8).strip()
                : "%s: %s logs %s for %d s".formatted(slot, logger, level, time.toSeconds()));
    return ExitCode.OK.code();
  }
}
