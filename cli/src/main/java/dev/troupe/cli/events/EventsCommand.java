package dev.troupe.cli.events;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.protocol.control.Event;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code events}: prints the journal, also while no cluster runs. */
@Command(
    name = "events",
    description =
        "Prints what happened to the slots, one line for each event. With -f it goes on printing new"
            + " events.")
public final class EventsCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      paramLabel = "SLOT|SERVICE",
      arity = "0..1",
      description = "A slot like UserService-1, or a service like UserService. Default: all.")
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Prints new events until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "Number of past events to print. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--json",
      description = "Prints each event as the line of JSON that is in the journal.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Set<String> configured = Set.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 0) {
      throw new ParameterException(spec.commandLine(), "-n: " + count + " (expected: >= 0)");
    }
    Path home = homeOption.path();
    configured = ConfiguredSlots.of(home).names();
    PrintWriter out = spec.commandLine().getOut();
    try (JournalReader journal =
        new JournalReader(home.resolve("run"), this::isWanted, entry -> print(entry, out))) {
      if (!journal.exists()) {
        throw new CommandException(
            ExitCode.NOTHING_RUNS,
            "There are no events in %s yet. Start the cluster with: %s"
                .formatted(home.resolve("run").resolve(Event.FILE), homeOption.commandLine("up")));
      }
      journal.begin(count);
      checkName(journal);
      while (follow && !out.checkError()) {
        Thread.sleep(POLL.toMillis());
        journal.more();
      }
    }
    return ExitCode.OK.code();
  }

  private void checkName(JournalReader journal) {
    if (name == null) {
      return;
    }
    Set<String> slots = new TreeSet<>(configured);
    slots.addAll(journal.slots());
    new SlotNames(slots).slotsOf(name);
  }

  private boolean isWanted(Event event) {
    return name == null || (event.slot() != null && SlotNames.isOf(event.slot(), name));
  }

  private void print(JournalReader.Entry entry, PrintWriter out) {
    int width = configured.stream().mapToInt(String::length).max().orElse(0);
    out.println(json ? entry.line() : EventLine.of(entry.event(), width, ZoneId.systemDefault()));
  }
}
