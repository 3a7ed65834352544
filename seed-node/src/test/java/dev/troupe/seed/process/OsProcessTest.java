package dev.troupe.seed.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.Deployment;
import dev.troupe.protocol.launch.Distribution;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.process.ProcessLiveness;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Over real processes, which only the system under the JVM can tell the truth about. */
final class OsProcessTest {
  private static final String ADDRESS = "pekko://troupe@127.0.0.1:25001";

  @TempDir private Path home;
  private final RealProcesses processes = new RealProcesses();
  private final ExecutorService blocking = Executors.newCachedThreadPool();

  @AfterEach
  void endAll() {
    processes.close();
    blocking.shutdownNow();
  }

  @Test
  void anAdoptedProcessIsKnownByItsPidAndStart() throws Exception {
    ProcessHandle sleep = processes.shell("exec sleep 600");

    RunningProcess adopted = adopt(sleep);

    assertThat(adopted.pid()).isEqualTo(sleep.pid());
    assertThat(adopted.address()).isEqualTo(ADDRESS);
    assertThat(adopted.identity().find()).contains(sleep);
  }

  @Test
  void anAdoptedProcessEndsOnTermAndWhatItWroteMeanwhileIsKept() throws Exception {
    Path log = Files.createDirectories(home.resolve("run/logs")).resolve("UserService-1.log");
    Files.writeString(log, "before\n");
    RunningProcess adopted = adopt(processes.shell("exec sleep 600"));
    Files.writeString(log, "before\nafter\n");
    assertThat(adopted.onExit().toCompletableFuture()).isNotDone();

    adopted.terminate();

    assertThat(exitOf(adopted)).isEqualTo(new Exit(null, List.of("after")));
  }

  @Test
  void killingAProcessKillsWhatItStarted() throws Exception {
    ProcessHandle shell = processes.shell("sleep 600 & wait");
    await().until(() -> shell.descendants().findAny().isPresent());
    ProcessHandle grandchild = shell.descendants().findAny().orElseThrow();
    RunningProcess adopted = adopt(shell);

    adopted.kill();

    assertThat(exitOf(adopted).code()).isNull();
    await().until(() -> !ProcessLiveness.isAlive(grandchild));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anOrphanThatEndedAndNobodyWaitedForIsNoticed() throws Exception {
    ProcessHandle zombie = processes.toldBy("sleep 600 & echo $!; exec sleep 600");
    ProcessIdentity identity = ProcessIdentity.of(zombie);
    RunningProcess adopted = adopt(zombie);

    zombie.destroyForcibly();

    assertThat(exitOf(adopted)).isEqualTo(new Exit(null, List.of()));
    assertThat(identity.find()).isEmpty();
  }

  @Test
  void aThreadDumpIsInTheOutputOfTheProcess() throws Exception {
    ProcessHandle node = processes.node(home, "UserService-1", 1, 25_001);
    Path output = home.resolve("run/logs/UserService-1.out");
    await().until(() -> Files.readString(output).contains(Sleeper.ASLEEP));

    assertThat(adopt(node).dumpThreads().toCompletableFuture().get(20, SECONDS)).isEmpty();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(output).content().contains("Full thread dump", "Sleeper.main"));
    assertThat(node.isAlive()).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStoppedProcessIsNotAskedForADumpItCannotWrite() throws Exception {
    ProcessHandle stopped = processes.shell("kill -STOP $$");
    await().until(() -> ProcessLiveness.isStopped(stopped.pid()));

    assertThat(adopt(stopped).dumpThreads().toCompletableFuture().get(20, SECONDS))
        .contains("no thread dump: a signal has stopped it");
  }

  private RunningProcess adopt(ProcessHandle process) throws IOException {
    OsProcessLauncher launcher =
        new OsProcessLauncher(
            SettingsLoader.load(home, Map.of()),
            new CurrentDeployment(
                new Deployment(home, new Distribution(home), home.resolve("services")),
                Optional.empty()),
            new SlotVersions((service, version) -> CompletableFuture.completedStage(null)),
            List::of,
            RealProcesses.SECRET,
            Map.of(),
            blocking);
    return launcher.adopt("UserService-1", process, ADDRESS);
  }

  private static Exit exitOf(RunningProcess process) throws Exception {
    return process.onExit().toCompletableFuture().get(20, SECONDS);
  }
}
