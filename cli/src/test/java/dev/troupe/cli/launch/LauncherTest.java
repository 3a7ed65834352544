package dev.troupe.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.display.Slots;
import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.cli.launch.LauncherEvent.StopRequested;
import dev.troupe.cli.launch.SeedLauncher.SeedProcess;
import dev.troupe.cli.stop.OrderedStop;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.launch.NodeExit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private final FakeSeeds seeds = new FakeSeeds();
  private final BlockingQueue<LauncherEvent> events = new LinkedBlockingQueue<>();
  private final StringWriter written = new StringWriter();
  private OrderedStop.Result result =
      new OrderedStop.Result(5, Map.of(), List.of(), Duration.ofMillis(1200));
  private boolean isCancelled;
  private int stops;
  private Duration now = Duration.ZERO;

  @Test
  void aSeedNodeThatWasStoppedInOrderEndsTheLauncher() throws Exception {
    seeds.exits.add(0);

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(seeds.started).hasSize(1);
    assertThat(seeds.forgotten).isTrue();
  }

  @Test
  void aSeedNodeThatCannotStartIsReportedWithItsLastLines() throws Exception {
    seeds.exits.add(1);

    assertThat(run()).isEqualTo(ExitCode.FAILED);
    assertThat(seeds.started).hasSize(1);
    assertThat(written.toString())
        .contains("ended with exit code 1 before it was ready", "  | what it wrote last");
  }

  @Test
  void aSeedNodeThatDiesIsLaunchedAgainWithTheNextGeneration() throws Exception {
    seeds.exits.addAll(List.of(137, 0));

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(seeds.started).extracting(SeedProcess::generation).containsExactly(1, 2);
    assertThat(written.toString()).contains("launching it again at once (1 of 3 in 60 s)");
    assertThat(seeds.ends).containsExactly("100, code 137, null, 1");
  }

  @Test
  void aSeedNodeThatRefusesToStartIsNotTriedAgain() throws Exception {
    seeds.exits.addAll(List.of(137, NodeExit.START_REFUSED.code()));

    assertThat(run()).isEqualTo(ExitCode.FAILED);
    assertThat(seeds.started).hasSize(2);
  }

  @Test
  void aSeedNodeThatKeepsDyingIsGivenUp() throws Exception {
    seeds.exits.addAll(List.of(137, 137, 137, 137, 137, 137, 137));

    assertThat(run()).isEqualTo(ExitCode.FAILED);
    assertThat(seeds.started).hasSize(1 + 3);
    assertThat(written.toString())
        .contains("troupe.restart allows 3 in 60 s", "Stopped 5 processes in 1.2 s");
  }

  @Test
  void othersAreLeftRunningWhenItsSeedNodeIsGivenUp() throws Exception {
    seeds.exits.addAll(List.of(137, 137, 137, 137));
    seeds.othersLive = true;

    assertThat(run()).isEqualTo(ExitCode.FAILED);
    assertThat(stops).isZero();
    assertThat(seeds.forgotten).isFalse();
    assertThat(written.toString()).contains("the others go on serving");
  }

  @Test
  void aSeedNodeThatHangsIsDumpedKilledAndLaunchedAgain() throws Exception {
    seeds.status = Optional.of(new ClusterStatus(null, List.of(Slots.running("seed-1", 100))));
    seeds.answersBeforeItHangs = 2;
    seeds.exits.addAll(Arrays.asList(null, 0));

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(seeds.dumped).containsExactly(100L);
    assertThat(seeds.killed).containsExactly(100L);
    assertThat(seeds.started).hasSize(2);
    assertThat(written.toString()).contains("seed-1 (pid 100) has not answered for");
    assertThat(seeds.ends)
        .as("what the next seed node is told")
        .singleElement()
        .asString()
        .startsWith("100, code 137, has not answered for ")
        .endsWith(" (its threads are in run/logs/seed-1.out), 1");
  }

  @Test
  void aSecondCtrlCHurries() throws Exception {
    events.add(new StopRequested("SIGINT"));
    events.add(new StopRequested("SIGINT"));

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(isCancelled).isTrue();
  }

  @Test
  void aSecondDownJoinsTheFirst() throws Exception {
    events.add(new StopRequested("SIGTERM"));
    events.add(new StopRequested("SIGTERM"));

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(isCancelled).isFalse();
  }

  @Test
  void theExitCodeTellsThatSomethingHadToBeKilled() throws Exception {
    result =
        new OrderedStop.Result(5, Map.of(9L, "a-1 (pid 9)"), List.of(), Duration.ofSeconds(15));
    events.add(new StopRequested("SIGTERM"));

    assertThat(run()).isEqualTo(ExitCode.KILLED);
    assertThat(written.toString()).contains("had to be killed: a-1 (pid 9)");
  }

  @Test
  void whatSurvivesAStopMakesItAFailure() throws Exception {
    result = new OrderedStop.Result(5, Map.of(), List.of("seed-1 (pid 7)"), Duration.ofSeconds(15));
    events.add(new StopRequested("SIGTERM"));

    assertThat(run()).isEqualTo(ExitCode.FAILED);
    assertThat(seeds.forgotten).isFalse();
    assertThat(written.toString()).contains("Still alive, even after KILL: seed-1 (pid 7)");
  }

  @Test
  void aLivingSeedNodeIsAdoptedInsteadOfStartingASecond() throws Exception {
    seeds.living = OptionalLong.of(7);
    seeds.leftInOrder = true;
    seeds.status =
        Optional.of(
            new ClusterStatus("http://127.0.0.1:5000", List.of(Slots.running("seed-1", 7))));

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(seeds.started).isEmpty();
    assertThat(written.toString())
        .contains("Taking over", "Running at http://127.0.0.1:5000 (1 process,");
  }

  @Test
  void aLivingSeedNodeThatDoesNotAnswerIsReplaced() throws Exception {
    seeds.living = OptionalLong.of(7);
    seeds.exits.add(0);

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(seeds.killed).containsExactly(7L);
    assertThat(seeds.started).hasSize(1);
    assertThat(seeds.ends).singleElement().asString().startsWith("7, code null, has not answered");
  }

  @Test
  void anAdoptedSeedNodeThatDidNotLeaveInOrderIsLaunchedAgain() throws Exception {
    seeds.living = OptionalLong.of(7);
    seeds.othersLive = true;
    seeds.exits.add(0);
    seeds.status = Optional.of(new ClusterStatus(null, List.of(Slots.launching("seed-1", 7))));

    assertThat(run()).isEqualTo(ExitCode.OK);
    assertThat(seeds.started).hasSize(1);
    assertThat(written.toString()).contains("seed-1 (pid 7) ended; launching it again at once");
  }

  private ExitCode run() throws Exception {
    Clock clock = Clock.fixed(Slots.SINCE, ZoneOffset.UTC);
    StatusDisplay display = new StatusDisplay(new PrintWriter(written), Optional.empty(), clock);
    SeedSupervisor supervisor =
        new SeedSupervisor(
            seeds,
            events,
            display,
            new StartupMonitor(
                display, "hint", Optional::empty, Map.of(), Duration.ofSeconds(60), this::leap),
            new RelaunchPolicy(RelaunchPolicyTest.DEFAULTS, () -> 0.5),
            new SeedSupervisor.Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10)),
            this::leap);
    return new Launcher(
            supervisor,
            seeds,
            events,
            display,
            sleep -> {
              stops++;
              isCancelled = sleep.sleep(Duration.ZERO);
              return result;
            },
            "the others go on serving")
        .run();
  }

  // A second passes whenever somebody reads the clock, so that no test waits for a backoff.
  private Duration leap() {
    now = now.plusSeconds(1);
    return now;
  }
}
