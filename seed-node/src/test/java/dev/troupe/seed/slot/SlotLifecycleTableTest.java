package dev.troupe.seed.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.settings.RestartSettings.Policy;
import dev.troupe.seed.process.Exit;
import dev.troupe.seed.slot.LifecycleState.StopStage;
import dev.troupe.seed.slot.LifecycleState.Then;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table of transitions in {@code docs/architecture.md} to the code. */
final class SlotLifecycleTableTest {
  private static final Path DOC = Path.of("../docs/architecture.md");
  private static final String BEGIN = "<!-- transitions: begin -->\n";
  private static final String END = "<!-- transitions: end -->";
  private static final StopReason.Failure SILENT = new StopReason.Silent(Duration.ofSeconds(11));
  private static final Duration NOW = Duration.ofMinutes(10);

  private final SlotLifecycle lifecycle =
      new SlotLifecycle(SlotFixture.spec(Policy.ALWAYS), () -> 0.5);

  @Test
  void theDocumentHasTheTransitionsOfTheCode() throws IOException {
    String expected = table();
    String doc = Files.readString(DOC);
    int from = doc.indexOf(BEGIN);
    int to = doc.indexOf(END);
    String actual = from < 0 || to < from ? "" : doc.substring(from + BEGIN.length(), to);
    Path generated = Files.createDirectories(Path.of("target")).resolve("transitions.md");
    Files.writeString(generated, expected);

    assertThat(actual)
        .as("docs/architecture.md, between the marks (expected: seed-node/%s)", generated)
        .isEqualTo(expected);
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("| state | event | next state | what is done |\n|---|---|---|---|\n");
    states()
        .forEach(
            (stateName, state) ->
                events()
                    .forEach(
                        (eventName, event) -> {
                          Transition next = lifecycle.next(state, event, NOW);
                          if (!next.state().equals(state) || !next.effects().isEmpty()) {
                            table.append(
                                "| %s | %s | %s | %s |\n"
                                    .formatted(
                                        stateName, eventName, name(next.state()), done(next)));
                          }
                        }));
    return table.toString();
  }

  private static Map<String, LifecycleState> states() {
    LaunchHistory history = LaunchHistory.of(1);
    SlotProcess started = TestStates.process(1, 7);
    SlotProcess ready = TestStates.ready(1, 7);
    StopReason order = StopReason.ByOrder.INSTANCE;
    List<LifecycleState> states =
        List.of(
            new LifecycleState.Pending(history),
            new LifecycleState.AwaitingPermit(history),
            new LifecycleState.Spawning(history),
            new LifecycleState.Withdrawing(history, false),
            new LifecycleState.Withdrawing(history, true),
            new LifecycleState.Adopted(history, started),
            new LifecycleState.Starting(history, started),
            new LifecycleState.Joining(history, started),
            new LifecycleState.Running(history, ready),
            new LifecycleState.Unhealthy(history, ready, "no disk", false),
            new LifecycleState.Dumping(history, ready, SILENT),
            new LifecycleState.Stopping(
                history, ready, order, null, Then.REST, StopStage.TERM_SENT),
            new LifecycleState.Stopping(
                history, ready, order, null, Then.LAUNCH, StopStage.TERM_SENT),
            new LifecycleState.Stopping(
                history, ready, SILENT, null, Then.DECIDE, StopStage.TERM_SENT),
            new LifecycleState.Retiring(history, ready, StopStage.TERM_SENT),
            new LifecycleState.BackingOff(history, Duration.ofSeconds(1)),
            new LifecycleState.Stopped(history),
            new LifecycleState.Failed(history, new GiveUpReason.BudgetSpent(3, Optional.empty())));
    Map<String, LifecycleState> named = new LinkedHashMap<>();
    states.forEach(state -> named.put(name(state), state));
    return named;
  }

  private static Map<String, LifecycleEvent> events() {
    Map<String, LifecycleEvent> events = new LinkedHashMap<>();
    for (LifecycleEvent.Order order : LifecycleEvent.Order.values()) {
      events.put("order " + order.name().toLowerCase(Locale.ROOT), order);
    }
    events.put("permit granted", LifecycleEvent.PermitGranted.INSTANCE);
    events.put("spawned", new LifecycleEvent.Spawned(TestStates.process(1, 7)));
    events.put("spawn failed", new LifecycleEvent.SpawnFailed(1, "no memory"));
    events.put("seen as member", observed(null, Duration.ZERO));
    events.put("seen ready", observed(InstanceState.READY, Duration.ZERO));
    events.put("says it is unhealthy", observed(InstanceState.UNHEALTHY, Duration.ZERO));
    events.put("silent too long", observed(InstanceState.READY, Duration.ofMinutes(1)));
    events.put("threads dumped", new LifecycleEvent.ThreadsDumped(1, Optional.empty()));
    events.put("time over", LifecycleEvent.TimedOut.INSTANCE);
    events.put("exited", new LifecycleEvent.Exited(1, new Exit(1, List.of())));
    return events;
  }

  private static LifecycleEvent observed(InstanceState state, Duration silence) {
    Optional<InstanceObservation.Instance> instance =
        Optional.ofNullable(state)
            .map(known -> new InstanceObservation.Instance(1, known, "no database", silence));
    return new LifecycleEvent.Observed(new InstanceObservation(true, instance));
  }

  private static String name(LifecycleState state) {
    String name = words(state.getClass().getSimpleName());
    if (state instanceof LifecycleState.Stopping stopping) {
      return "%s, then %s%s"
          .formatted(
              name, stopping.then().name().toLowerCase(Locale.ROOT), stage(stopping.stage()));
    }
    if (state instanceof LifecycleState.Retiring retiring) {
      return name + stage(retiring.stage());
    }
    return state instanceof LifecycleState.Withdrawing withdrawing && withdrawing.isRetiring()
        ? name + ", then retired"
        : name;
  }

  private static String stage(StopStage stage) {
    return stage == StopStage.TERM_SENT ? "" : " (" + words(stage.name()) + ")";
  }

  private static String done(Transition transition) {
    List<String> done = new ArrayList<>();
    for (Transition.Effect effect : transition.effects()) {
      if (effect instanceof Transition.StartTimer timer) {
        done.add("timer of %d s".formatted(timer.delay().toSeconds()));
      } else if (effect instanceof Transition.ConfirmDead) {
        done.add("tell the cluster");
      } else {
        done.add(words(((Transition.Act) effect).name()));
      }
    }
    return done.stream().collect(Collectors.joining(", "));
  }

  private static String words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
