package dev.troupe.testkit;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.process.CommandLineMark;
import dev.troupe.protocol.process.ProcessInfo;
import dev.troupe.protocol.process.ProcessLiveness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cluster of a {@link TroupeCluster}, and a client of its gateway. Each slot, like {@code
 * StockService-1}, has a process of its own.
 */
public final class RunningCluster implements TestClient {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TemporaryHome home;
  private final ClusterCommands commands;
  private final ClusterClient control;
  private final Path keptLogs;
  private final Thread atExit = new Thread(this::killAll, "troupe-test-cluster");

  private RunningCluster(TemporaryHome home, TroupeInstallation installation, String test) {
    this.home = home;
    this.commands = new ClusterCommands(installation, home.path());
    this.control = new ClusterClient(home.path());
    this.keptLogs = Path.of("target", "troupe-logs", test).toAbsolutePath();
  }

  /**
   * Starts the cluster in {@code home}, which it deletes in the end. Blocks until all slots run.
   */
  static RunningCluster start(TemporaryHome home, TroupeInstallation installation, String test) {
    RunningCluster cluster = new RunningCluster(home, installation, test);
    Runtime.getRuntime().addShutdownHook(cluster.atExit);
    try {
      cluster.commands.up();
      cluster.awaitWhole();
      return cluster;
    } catch (RuntimeException | AssertionError failure) {
      cluster.keepLogs();
      cluster.close();
      throw failure;
    }
  }

  /** The directory of the cluster, with its settings, its logs and its data. */
  public Path home() {
    return home.path();
  }

  /** The URL of the gateway. */
  public String url() {
    return control.gateway();
  }

  /** Sends a request to the gateway. */
  @Override
  public TestResponse send(TestRequest request) {
    return control.send(request);
  }

  /** The slots, those of seed node and gateway among them, and what runs in each. */
  public List<SlotStatus> slots() {
    return control
        .status()
        .orElseThrow(() -> new AssertionError("the seed node does not answer; use awaitWhole()"))
        .slots();
  }

  /**
   * Kills the process of a slot with SIGKILL, and waits for its end. The cluster starts another
   * one: {@link #awaitWhole} waits for it.
   *
   * @param slot like {@code StockService-1}
   * @throws AssertionError when no such process runs
   */
  public RunningCluster kill(String slot) {
    Long pid = slot(slot).pid();
    if (pid == null) {
      throw new AssertionError("no process runs in " + slot + "; wait for one with awaitWhole()");
    }
    kill(pid);
    return this;
  }

  private SlotStatus slot(String name) {
    List<SlotStatus> slots = slots();
    return slots.stream()
        .filter(slot -> slot.slot().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no slot %s (slots: %s)"
                        .formatted(
                            name,
                            String.join(", ", slots.stream().map(SlotStatus::slot).toList()))));
  }

  private static void kill(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    process.ifPresent(ProcessHandle::destroyForcibly);
    Polling.until(
        "process " + pid + " to end",
        PATIENCE,
        () -> process.filter(ProcessLiveness::isAlive).isEmpty());
  }

  /**
   * Waits until a process runs in each slot and the gateway reaches all services.
   *
   * @throws AssertionError when that takes longer than five minutes, or a slot has used up its
   *     restarts
   */
  public RunningCluster awaitWhole() {
    Polling.until("the cluster to be whole", PATIENCE, this::isWhole);
    return this;
  }

  private boolean isWhole() {
    Optional<ClusterStatus> status = control.status();
    return status.isPresent()
        && status.get().slots().stream().allMatch(RunningCluster::isRunning)
        && control.isHealthy();
  }

  private static boolean isRunning(SlotStatus slot) {
    if (slot.state() == SlotState.FAILED) {
      throw new AssertionError(
          "%s does not run any more: %s%n%s"
              .formatted(slot.slot(), slot.reason(), String.join("\n", slot.log())));
    }
    return slot.state() == SlotState.RUNNING
        && Optional.ofNullable(slot.pid())
            .flatMap(ProcessHandle::of)
            .filter(ProcessLiveness::isAlive)
            .isPresent();
  }

  /** Copies the logs to where they are when the home is deleted. */
  void keepLogs() {
    try {
      home.copy(Path.of("run", "logs"), keptLogs);
    } catch (IOException e) {
      throw new UncheckedIOException("the logs cannot be copied to " + keptLogs, e);
    }
  }

  /** Stops all processes, in order if they obey, and deletes the home. */
  void close() {
    try {
      commands.down();
    } finally {
      killAll();
      Runtime.getRuntime().removeShutdownHook(atExit);
      home.close();
    }
  }

  private void killAll() {
    processes().forEach(ProcessHandle::destroyForcibly);
    Polling.until("all processes to end", PATIENCE, () -> processes().isEmpty());
  }

  private List<ProcessHandle> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(ProcessLiveness::isAlive).filter(this::isOfCluster).toList();
    }
  }

  private boolean isOfCluster(ProcessHandle process) {
    return CommandLineMark.of(ProcessInfo.arguments(process))
        .filter(mark -> mark.home().equals(home.path()))
        .isPresent();
  }
}
