package dev.troupe.cli.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlServer;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.Sleeper;
import dev.troupe.protocol.control.ControlError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderedStopTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Map<String, List<String>> DEPENDENCIES =
      Map.of("a", List.of(), "b", List.of("a"));

  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();
  private Path home = Path.of("");
  private ClusterProcesses processes = new ClusterProcesses(home);

  @BeforeEach
  void find() throws IOException {
    home = directory.toRealPath();
    processes = new ClusterProcesses(home);
  }

  @AfterEach
  void killAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void processesAreFoundByTheirHomeAloneAndTheSeedNodeFirst() throws IOException {
    start("a-1", "gentle");
    start("seed-1", "gentle");
    started.add(Sleeper.start(home.resolve("other"), "b-1", "gentle"));

    assertThat(processes.find()).extracting(ClusterProcess::slot).containsExactly("seed-1", "a-1");
  }

  @Test
  void withoutASeedNodeEachProcessIsTerminated() throws Exception {
    start("a-1", "gentle");
    start("b-1", "gentle");

    OrderedStop.Result outcome = stop(Optional::empty, LONG, CancellableSleep.uncancellable());

    assertThat(outcome.processes()).isEqualTo(2);
    assertThat(outcome.killed()).isEmpty();
    assertThat(outcome.remaining()).isEmpty();
    assertThat(processes.find()).isEmpty();
    assertThat(started).allSatisfy(process -> assertThat(process.waitFor()).isEqualTo(143));
  }

  @Test
  void whatDoesNotEndInTimeIsKilledAndNamed() throws Exception {
    Process stubborn = start("a-1", "stubborn");

    OrderedStop.Result outcome =
        stop(Optional::empty, Duration.ofMillis(300), CancellableSleep.uncancellable());

    assertThat(outcome.killed().values()).containsExactly("a-1 (pid " + stubborn.pid() + ")");
    assertThat(outcome.text()).contains("Stopped 1 process in", "had to be killed: a-1");
    assertThat(stubborn.waitFor()).isEqualTo(137);
  }

  @Test
  void aSlowProcessTakesNoTimeFromThoseThatAreToldAfterIt() throws Exception {
    start("b-1", "stubborn");
    Process needed = start("a-1", "gentle");

    OrderedStop.Result outcome =
        stop(Optional::empty, Duration.ofMillis(300), CancellableSleep.uncancellable());

    assertThat(needed.waitFor()).as("TERM, not KILL").isEqualTo(143);
    assertThat(outcome.killed().values()).singleElement().asString().startsWith("b-1");
  }

  @Test
  void whomTheSeedNodeHadToKillIsNamed() throws Exception {
    Process service = start("a-1", "gentle");
    Files.writeString(
        home.resolve("events.jsonl"),
        """
        {"at":"2026-01-01T00:00:00Z","slot":"a-1","kind":"exited","generation":1,"pid":%d,\
        "exit_code":137,"signal":"SIGKILL"}
        """
            .formatted(service.pid()));

    OrderedStop.Result outcome = stop(Optional::empty, LONG, CancellableSleep.uncancellable());

    assertThat(outcome.killed().values()).containsExactly("a-1 (pid " + service.pid() + ")");
  }

  @Test
  void whomALauncherHadToKillIsNamedWhateverItSaysOfIt() throws Exception {
    Process seed = start("seed-1", "gentle");
    Process service = start("a-1", "gentle");
    KillRecords.write(home, List.of(seed.pid()));
    List<ClusterProcess> before = processes.find();
    List.of(seed, service).forEach(Process::destroy);

    assertThat(KillRecords.of(home).killedAmong(before))
        .extracting(ClusterProcess::slot)
        .containsExactly("seed-1");
  }

  @Test
  void whoIsInAHurryDoesNotWaitForTheBound() throws Exception {
    start("a-1", "stubborn");

    OrderedStop.Result outcome = stop(Optional::empty, Duration.ofHours(1), duration -> true);

    assertThat(outcome.killed()).hasSize(1);
    assertThat(processes.find()).isEmpty();
  }

  @Test
  void aSeedNodeThatAnswersIsAskedFirst() throws Exception {
    Path run = home.resolve("run");
    Process seed = start("seed-1", "gentle");
    Process service = start("a-1", "gentle");
    try (ControlServer server = new ControlServer()) {
      server.answer(202, new ControlError("begun"));
      server.writeControlFile(run);

      // In place of the seed node: it ends what it was asked to, when somebody first waits.
      OrderedStop.Result outcome =
          stop(
              () -> ControlClient.of(run),
              LONG,
              duration -> {
                service.destroy();
                seed.destroy();
                return CancellableSleep.uncancellable().sleep(duration);
              });

      assertThat(server.calls()).containsExactly("POST /stop Bearer secret");
      assertThat(outcome.killed()).isEmpty();
    }
  }

  @Test
  void aSeedNodeThatDoesNotAnswerIsKilledBeforeItCanRelaunchAnything() throws Exception {
    Process seed = start("seed-1", "gentle");
    start("a-1", "gentle");

    OrderedStop.Result outcome = stop(Optional::empty, LONG, CancellableSleep.uncancellable());

    assertThat(seed.waitFor()).isEqualTo(137);
    assertThat(outcome.killed().values())
        .containsExactly("seed-1 (pid " + seed.pid() + "), which did not answer");
    assertThat(processes.find()).isEmpty();
  }

  @Test
  void whatASeedNodeThatDiesMeanwhileLeavesIsTerminated() throws Exception {
    Path run = home.resolve("run");
    Process seed = start("seed-1", "gentle");
    Process service = start("a-1", "gentle");
    try (ControlServer server = new ControlServer()) {
      server.answer(202, new ControlError("begun"));
      server.writeControlFile(run);

      stop(
          () -> ControlClient.of(run),
          LONG,
          duration -> {
            seed.destroyForcibly();
            return CancellableSleep.uncancellable().sleep(duration);
          });

      assertThat(service.waitFor()).isEqualTo(143);
    }
  }

  private Process start(String slot, String manner) throws IOException {
    Process process = Sleeper.start(home, slot, manner);
    started.add(process);
    return process;
  }

  private OrderedStop.Result stop(
      Supplier<Optional<ControlClient>> control, Duration each, CancellableSleep pause)
      throws InterruptedException {
    return new OrderedStop(
            processes, control, new StopPlan(DEPENDENCIES, each), KillRecords.of(home), pause)
        .run();
  }
}
