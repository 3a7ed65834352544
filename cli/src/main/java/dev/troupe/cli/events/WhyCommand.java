package dev.troupe.cli.events;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.command.HomeOption;
import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.display.JsonLine;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.report.SlotReport;
import dev.troupe.protocol.report.TimeFormat;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why}: explains the state of a slot. */
@Command(name = "why", description = "Says in sentences what happened last to a slot.")
public final class WhyCommand implements Callable<Integer> {
  /** How many events of the slot are read: more than any sentence needs. */
  private static final int EVENTS = 500;

  private static final Set<EventKind> DEPLOYMENTS =
      EnumSet.of(EventKind.DEPLOYING, EventKind.DEPLOYED, EventKind.DEPLOYMENT_FAILED);

  @Mixin private HomeOption homeOption = new HomeOption();

  @Parameters(
      paramLabel = "SLOT",
      description = "A slot like UserService-1, or a service that has only one slot.")
  private String name = "";

  @Option(names = "--json", description = "Prints the sentences as one line of JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path home = homeOption.path();
    Path run = home.resolve("run");
    PrintWriter out = spec.commandLine().getOut();
    ConfiguredSlots configured = ConfiguredSlots.of(home);
    Optional<ClusterStatus> status = status(run);
    List<Event> events = new ArrayList<>();
    List<Event> deployments = new ArrayList<>();
    Set<String> slots = new TreeSet<>(configured.names());
    status.ifPresent(now -> now.slots().forEach(slot -> slots.add(slot.slot())));
    try (JournalReader journal =
        new JournalReader(
            run,
            event -> isWanted(event) || isDeployment(event),
            e -> (isDeployment(e.event()) ? deployments : events).add(e.event()))) {
      if (status.isEmpty() && !journal.exists()) {
        throw new CommandException(
            ExitCode.NOTHING_RUNS,
            "Nothing runs in %s, and there are no events in %s. Start the cluster with: %s"
                .formatted(home, run.resolve(Event.FILE), homeOption.commandLine("up")));
      }
      journal.begin(EVENTS);
      slots.addAll(journal.slots());
    }
    String slot = new SlotNames(slots).slotOf(name);
    if (status.isEmpty() && !json) {
      out.println("No seed node answers in %s. The journal says:".formatted(home));
    }
    SlotReport report =
        new SlotReport(
            slot,
            status.flatMap(now -> find(slot, now)).orElse(null),
            events,
            configured.restart(slot).orElse(null));
    TimeFormat times = TimeFormat.local(Instant.now());
    List<String> lines = new ArrayList<>(report.lines(times));
    lines.addAll(failedDeployment(deployments, times));
    if (json) {
      out.println(json(slot, status.isPresent(), lines));
    } else {
      lines.forEach(out::println);
    }
    return ExitCode.OK.code();
  }

  private static String json(String slot, boolean answers, List<String> lines) throws IOException {
    return JsonLine.of(
        json -> {
          json.writeStringField("slot", slot);
          json.writeBooleanField("seed_node_answers", answers);
          JsonLine.texts(json, "why", lines.stream().filter(line -> !line.isBlank()).toList());
        });
  }

  private boolean isWanted(Event event) {
    return event.slot() != null && SlotNames.isOf(event.slot(), name);
  }

  /** Whether the event is the begin or the end of a deployment of the service of the slot. */
  private boolean isDeployment(Event event) {
    return DEPLOYMENTS.contains(event.kind()) && NodeNames.serviceOf(name).equals(event.slot());
  }

  private static List<String> failedDeployment(List<Event> deployments, TimeFormat times) {
    if (deployments.isEmpty()) {
      return List.of();
    }
    Event last = deployments.get(deployments.size() - 1);
    if (last.kind() != EventKind.DEPLOYMENT_FAILED) {
      return List.of();
    }
    String text =
        "%nThe last deployment of %s has failed, at %s: %s"
            .formatted(last.slot(), times.at(last.at()), last.reason());
    return text.lines().map(VisibleText::line).toList();
  }

  private static Optional<ClusterStatus> status(Path run) {
    try {
      Optional<ControlClient> seed = ControlClient.of(run);
      return seed.isEmpty() ? Optional.empty() : Optional.of(seed.get().status());
    } catch (ControlException silent) {
      return Optional.empty();
    }
  }

  private static Optional<SlotStatus> find(String slot, ClusterStatus status) {
    return status.slots().stream().filter(known -> known.slot().equals(slot)).findFirst();
  }
}
