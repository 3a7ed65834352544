package dev.troupe.cli.logs;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.logs.ExpensiveExpressionException;
import dev.troupe.protocol.logs.LogFiles;
import dev.troupe.protocol.logs.LogFiles.LogFile;
import dev.troupe.protocol.logs.LogLine;
import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.logs.LogSearch;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
    description =
        "Prints the last lines of each log, or the lines that are searched for, of all logs by time."
            + " With -f it goes on printing new lines.")
public final class LogsCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration UNLIMITED = Duration.ofDays(1);
  private static final int DEFAULT_COUNT = 50;
  private static final int BUFFER_CHARACTERS = 64 * 1024;

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
      description =
          "Number of lines of each file; of a search, of all files together. Default: 50; of a"
              + " search all.")
  private @Nullable Integer count;

  @Mixin private SearchOptions search = new SearchOptions();

  @Option(names = "--json", description = "Prints an object for each line, ordered by time.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count != null && count < 0) {
      throw usage("-n: " + count + " (expected: >= 0)");
    }
    if (follow && search.haveAnEnd()) {
      throw usage("--until: with -f the lines have no end (expected: one of both)");
    }
    LogQuery query;
    try {
      query = search.query(name, ZonedDateTime.now(ZoneId.systemDefault()));
    } catch (IllegalArgumentException unusable) {
      throw usage(String.valueOf(unusable.getMessage()));
    }
    Path directory = homeOption.path().resolve("run").resolve("logs");
    try {
      print(directory, query, wanted(directory));
    } catch (ExpensiveExpressionException endless) {
      throw usage(String.valueOf(endless.getMessage()));
    }
    return ExitCode.OK.code();
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private List<LogFile> wanted(Path directory) {
    List<LogFile> found = new LogFiles(directory).all();
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
    return wanted;
  }

  private void print(Path directory, LogQuery query, List<LogFile> wanted)
      throws IOException, InterruptedException {
    PrintWriter out =
        new PrintWriter(new BufferedWriter(spec.commandLine().getOut(), BUFFER_CHARACTERS));
    OutputCheck check = new OutputCheck(out);
    ZoneId zone = ZoneId.systemDefault();
    List<String> slots = wanted.stream().map(LogFile::slot).distinct().toList();
    int width = slots.size() > 1 ? slots.stream().mapToInt(String::length).max().orElse(0) : 0;
    LogPrinter printer = json ? LogPrinter.json(out) : LogPrinter.text(out, zone, width);
    try (LogReader reader = new LogReader(new LogFiles(directory), query, zone, printer, out)) {
      if (json || search.areGiven()) {
        reader.begin(0);
        search(new LogSearch(directory, zone), query, reader, printer, check);
      } else {
        reader.begin(count == null ? DEFAULT_COUNT : count);
      }
      out.flush();
      while (follow && reader.more() && check.isRead()) {
        Thread.sleep(POLL.toMillis());
      }
    }
  }

  // The reader prints what was added since it began.
  private void search(
      LogSearch logs, LogQuery query, LogReader reader, LogPrinter printer, OutputCheck check)
      throws IOException {
    Predicate<LogLine> print =
        line -> {
          if (!follow || !reader.isAdded(line.file(), line.offset())) {
            printer.print(line);
          }
          return check.mayGoOn();
        };
    if (count == null && !follow && search.areGiven()) {
      logs.each(query, print);
      return;
    }
    int limit = count == null ? DEFAULT_COUNT : count;
    if (limit > 0) {
      boolean unused = logs.newest(query, limit, UNLIMITED).lines().stream().allMatch(print);
    }
  }

  private boolean isWanted(LogFile file) {
    return name == null || file.isOf(name);
  }
}
