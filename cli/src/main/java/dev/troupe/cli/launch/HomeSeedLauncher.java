package dev.troupe.cli.launch;

import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.logs.Tail;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.cli.process.RunningFiles;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.launch.CurrentDeployment;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.launch.SeedExit;
import dev.troupe.protocol.process.EnvironmentMark;
import dev.troupe.protocol.process.HomeSecret;
import dev.troupe.protocol.process.ProcessLiveness;
import dev.troupe.protocol.process.ThreadDump;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs seed nodes as operating-system processes. */
final class HomeSeedLauncher implements SeedLauncher {
  private static final String MAIN_CLASS = "dev.troupe.seed.SeedNode";
  private static final int SHOWN_LINES = 20;
  private static final int NOTED_LINES = 10;
  private static final Duration MIN_READ_TIMEOUT = Duration.ofMillis(500);
  private static final Duration MAX_READ_TIMEOUT = Duration.ofSeconds(3);

  private final Settings settings;
  private final CurrentDeployment deployment;
  private final HomeSecret secret;
  private final ClusterProcesses processes;
  private final GenerationCounter generations;
  private final BackgroundProcess background;

  HomeSeedLauncher(Settings settings, CurrentDeployment deployment, HomeSecret secret) {
    this.settings = settings;
    this.deployment = deployment;
    this.secret = secret;
    this.processes = new ClusterProcesses(settings.home());
    this.generations = new GenerationCounter(settings.run());
    this.background =
        new BackgroundProcess(settings.logDirectory().resolve(ClusterProcess.SEED_SLOT + ".out"));
  }

  @Override
  public OptionalLong findLiving() {
    return processes.findSeed().stream().mapToLong(ClusterProcess::pid).findFirst();
  }

  @Override
  public Optional<SeedProcess> adopt(long pid) {
    return status(pid)
        .map(
            status -> {
              CompletableFuture<Integer> exit =
                  ProcessHandle.of(pid)
                      .map(handle -> ProcessLiveness.onExit(handle, Runnable::run))
                      .orElseGet(() -> CompletableFuture.completedFuture(null))
                      .thenApply(ended -> null);
              return new SeedProcess(pid, generation(status), exit);
            });
  }

  @Override
  public void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public Optional<String> dumpThreads(long pid) {
    return ThreadDump.of(pid);
  }

  @Override
  public SeedProcess start() throws IOException {
    int generation = generations.next();
    String home = settings.home().toString();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--home",
                home,
                "--slot",
                ClusterProcess.SEED_SLOT,
                "--generation",
                Integer.toString(generation)));
    arguments.addAll(deployment.arguments());
    List<String> command =
        JavaCommand.of(
                deployment.get().lib(), settings.home(), ClusterProcess.SEED_SLOT, MAIN_CLASS)
            .withJvmOptions(settings.seed().jvmOptions())
            .withArguments(arguments)
            .line();
    ProcessBuilder builder = background.prepare(command, settings.home());
    builder
        .environment()
        .putAll(new EnvironmentMark(secret, ClusterProcess.SEED_SLOT, generation).variables());
    Process process = builder.start();
    return new SeedProcess(
        process.pid(), generation, process.onExit().thenApply(Process::exitValue));
  }

  @Override
  public Optional<ClusterStatus> status(long pid) {
    Optional<ControlClient> seed =
        ControlClient.of(settings.run()).filter(client -> client.pid() == pid);
    if (seed.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(seed.get().within(readTimeout()).status());
    } catch (ControlException e) {
      return Optional.empty();
    }
  }

  @Override
  public void noteEnd(
      long pid, @Nullable Integer exitCode, @Nullable String killedFor, int relaunches) {
    Optional<SeedExit> announced = SeedExit.take(settings.run()).filter(end -> end.pid() == pid);
    Initiator by = announced.map(SeedExit::by).orElse(null);
    String reason = announced.map(SeedExit::reason).orElse(null);
    if (killedFor != null) {
      by = Initiator.LAUNCHER;
      reason = "killed by its launcher, since it " + killedFor;
    }
    // The last output of a seed node that this launcher killed is its thread dump.
    List<String> log = reason == null ? background.lastLines(NOTED_LINES) : List.of();
    try {
      new SeedExit(pid, generations.last(), Instant.now(), exitCode, by, reason, relaunches, log)
          .write(settings.run());
    } catch (IOException ignored) {
      // The note only explains, and the output of this launcher says the same.
    }
  }

  @Override
  public boolean isReplaced(long pid) {
    return SeedExit.read(settings.run())
        .filter(end -> end.pid() == pid && end.by() == Initiator.OPERATOR)
        .isPresent();
  }

  @Override
  public boolean leftInOrder() {
    return !Files.exists(settings.run().resolve(ControlFile.NAME));
  }

  @Override
  public boolean othersLive() {
    return processes.find().stream().anyMatch(process -> !process.isSeed());
  }

  @Override
  public List<String> lastLines() {
    List<String> written = background.lastLines(SHOWN_LINES);
    if (!written.isEmpty()) {
      return written;
    }
    Path log = settings.logDirectory().resolve(ClusterProcess.SEED_SLOT + ".log");
    return Tail.lastLines(log, SHOWN_LINES);
  }

  @Override
  public void forget() {
    generations.forget();
    RunningFiles.forget(settings.home());
  }

  // Several questions must fit into the heartbeat timeout.
  private Duration readTimeout() {
    Duration share = settings.health().heartbeatTimeout().dividedBy(4);
    if (share.compareTo(MIN_READ_TIMEOUT) < 0) {
      return MIN_READ_TIMEOUT;
    }
    return share.compareTo(MAX_READ_TIMEOUT) > 0 ? MAX_READ_TIMEOUT : share;
  }

  private static int generation(ClusterStatus status) {
    return status.slots().stream()
        .filter(slot -> slot.slot().equals(ClusterProcess.SEED_SLOT))
        .mapToInt(SlotStatus::generation)
        .findFirst()
        .orElse(1);
  }
}
