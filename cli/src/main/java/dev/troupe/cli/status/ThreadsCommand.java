package dev.troupe.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ThreadList;
import dev.troupe.cli.display.TextTable;
import dev.troupe.protocol.text.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code threads}: takes three thread dumps of a process and shows what is busy or stuck. */
@Command(
    name = "threads",
    description =
        "Takes three thread dumps of the process of a slot, one second apart, and shows which threads"
            + " used the processor and which waited for a lock all the time. The dumps are in"
            + " run/logs/SLOT.out afterwards.")
public final class ThreadsCommand implements Callable<Integer> {
  private static final int STACKS = 5;
  private static final int FRAMES = 12;
  private static final String BLOCKED = "BLOCKED";

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(paramLabel = "SLOT", description = "A slot like UserService-1.")
  private String slot = "";

  @Option(names = "--json", description = "Prints all threads as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SeedRequest request = new SeedRequest(homeOption);
    if (json) {
      out.println(new String(request.ask(seed -> seed.threadsJson(slot)), UTF_8).strip());
    } else {
      lines(slot, request.ask(seed -> seed.threads(slot))).forEach(out::println);
    }
    return ExitCode.OK.code();
  }

  /** The threads that did something or were blocked all the time, and where they are. */
  static List<String> lines(String slot, ThreadList list) {
    List<ThreadList.Entry> shown =
        list.threads().stream()
            .filter(thread -> thread.cpuMillis() > 0 || isStuck(thread))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d threads, %d thread dumps within %.1f s",
            slot,
            list.threads().size(),
            list.dumps(),
            list.millis() / 1000.0));
    if (shown.isEmpty()) {
      lines.add(
          "No thread used the processor for a millisecond, and none was blocked all the time.");
      return lines;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CPU", "BLOCKED", "STATE", "THREAD"));
    for (ThreadList.Entry thread : shown) {
      List<String> states = thread.states();
      rows.add(
          List.of(
              thread.cpuMillis() + " ms",
              isStuck(thread) ? "yes" : "",
              states.isEmpty() ? "" : states.get(states.size() - 1),
              thread.name()));
    }
    TextTable.lines(rows).stream().map(VisibleText::line).forEach(lines::add);
    shown.stream()
        .filter(thread -> !thread.stack().isEmpty())
        .limit(STACKS)
        .forEach(
            thread -> {
              lines.add("");
              lines.add(VisibleText.line(thread.name()));
              thread.stack().stream()
                  .limit(FRAMES)
                  .forEach(frame -> lines.add(VisibleText.line("  " + frame)));
            });
    return lines;
  }

  private static boolean isStuck(ThreadList.Entry thread) {
    return thread.same() && thread.states().stream().allMatch(state -> state.startsWith(BLOCKED));
  }
}
