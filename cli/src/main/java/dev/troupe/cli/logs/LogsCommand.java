package dev.troupe.cli.logs;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.logs.LogFiles;
import dev.troupe.protocol.logs.LogFiles.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logs}: prints what processes wrote, ended ones included. */
@Command(
    name = "logs",
    description = "Prints the last lines of each log. With -f it goes on printing new lines.")
public final class LogsCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      paramLabel = "SLOT|SERVICE",
      arity = "0..1",
      description =
          "A slot like UserService-1, a service like UserService, or launcher. Default: all.")
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Prints new lines until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "Number of lines of each file. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 0) {
      throw new ParameterException(spec.commandLine(), "-n: " + count + " (expected: >= 0)");
    }
    Path directory = homeOption.path().resolve("run").resolve("logs");
    LogFiles files = new LogFiles(directory);
    List<LogFile> found = files.current();
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.NOTHING_RUNS,
          "There are no logs in %s yet. Start the cluster with: %s"
              .formatted(directory, homeOption.commandLine("up")));
    }
    List<LogFile> wanted = found.stream().filter(this::isWanted).toList();
    if (wanted.isEmpty()) {
      throw new CommandException(
          ExitCode.UNKNOWN_NAME,
          "There is no log of '%s'. There are: %s"
              .formatted(
                  name,
                  found.stream().map(LogFile::slot).distinct().collect(Collectors.joining(", "))));
    }
    boolean prefixed = wanted.stream().map(LogFile::slot).distinct().count() > 1;
    try (LogReader reader =
        new LogReader(files, this::isWanted, prefixed, spec.commandLine().getOut())) {
      reader.begin(count);
      while (follow && reader.more()) {
        Thread.sleep(POLL.toMillis());
      }
    }
    return ExitCode.OK.code();
  }

  private boolean isWanted(LogFile file) {
    return name == null || file.isOf(name);
  }
}
