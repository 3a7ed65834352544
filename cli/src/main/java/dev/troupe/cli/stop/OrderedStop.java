package dev.troupe.cli.stop;

import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.protocol.process.ProcessLiveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Stops all processes of a cluster. A seed node that answers does it; otherwise this class sends
 * SIGTERM wave by wave. A process that does not end in its time is killed.
 */
public final class OrderedStop {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration KILL_BOUND = Duration.ofSeconds(5);

  private final ClusterProcesses processes;
  private final Supplier<Optional<ControlClient>> control;
  private final StopPlan plan;
  private final KillRecords killRecords;
  private final CancellableSleep sleep;
  // All processes found since the stop began, their children included. A handle stays the same
  // process when another one gets its pid.
  private final Map<ProcessHandle, String> seen = new LinkedHashMap<>();
  private final Map<ProcessHandle, ClusterProcess> members = new LinkedHashMap<>();
  private final Map<Long, String> killed = new LinkedHashMap<>();

  /**
   * @param control finds the control API of the seed node, once for each use
   */
  public OrderedStop(
      ClusterProcesses processes,
      Supplier<Optional<ControlClient>> control,
      StopPlan plan,
      KillRecords killRecords,
      CancellableSleep sleep) {
    this.processes = processes;
    this.control = control;
    this.plan = plan;
    this.killRecords = killRecords;
    this.sleep = sleep;
  }

  /**
   * How the stop ended.
   *
   * @param processes number of processes of the cluster, without the children that they started
   * @param killed descriptions of the processes that were killed, by pid
   * @param remaining descriptions of the processes that are alive even after SIGKILL
   */
  public record Result(
      int processes, Map<Long, String> killed, List<String> remaining, Duration took) {
    public Result {
      killed = Collections.unmodifiableMap(new LinkedHashMap<>(killed));
      remaining = List.copyOf(remaining);
    }

    /** One line for the user. */
    public String text() {
      String summary =
          "Stopped %d process%s in %.1f s"
              .formatted(processes, processes == 1 ? "" : "es", took.toMillis() / 1000.0);
      if (!remaining.isEmpty()) {
        return "Still alive, even after KILL: " + String.join(", ", remaining);
      }
      return killed.isEmpty()
          ? summary
          : summary + "; had to be killed: " + String.join(", ", killed.values());
    }
  }

  public Result run() throws InterruptedException {
    long start = System.nanoTime();
    findProcesses();
    boolean cancelled = requestStop() && awaitSeed();
    if (!cancelled) {
      cancelled = stopInWaves();
    }
    findProcesses();
    if (cancelled) {
      living().forEach(this::addKilled);
    }
    List<String> remaining = kill();
    killRecords.killedAmong(members.values()).forEach(this::addKilled);
    return new Result(
        members.size(), killed, remaining, Duration.ofNanos(System.nanoTime() - start));
  }

  private boolean requestStop() {
    Optional<ControlClient> seed = control.get();
    if (seed.isEmpty()) {
      return false;
    }
    try {
      seed.get().stop();
      return true;
    } catch (ControlException e) {
      return false;
    }
  }

  // Returns whether the user wants no further wait. The seed node may also end too early, hang, or
  // take too long.
  private boolean awaitSeed() throws InterruptedException {
    long deadline = System.nanoTime() + plan.whole().toNanos();
    Optional<ProcessHandle> seed = processes.findSeed().map(ClusterProcess::handle);
    while (seed.filter(ProcessLiveness::isAlive).isPresent() && System.nanoTime() < deadline) {
      if (ProcessLiveness.isStopped(seed.get().pid())) {
        return false;
      }
      if (sleep.sleep(POLL)) {
        return true;
      }
    }
    return false;
  }

  private boolean stopInWaves() throws InterruptedException {
    // A seed node that does not answer may still relaunch the processes that end here.
    processes.findSeed().ifPresent(this::killSeed);
    Set<ProcessHandle> done = new HashSet<>();
    while (true) {
      findProcesses();
      List<ClusterProcess> left =
          living().stream()
              .filter(process -> !process.isSeed() && !done.contains(process.handle()))
              .toList();
      if (left.isEmpty()) {
        return false;
      }
      List<ClusterProcess> wave = plan.nextWave(left);
      if (stopWave(wave)) {
        return true;
      }
      wave.forEach(process -> done.add(process.handle()));
    }
  }

  private void killSeed(ClusterProcess seed) {
    killed.put(seed.pid(), seed + ", which did not answer");
    seed.handle().destroyForcibly();
  }

  private void addKilled(ClusterProcess process) {
    killed.putIfAbsent(process.pid(), process.toString());
  }

  private boolean stopWave(List<ClusterProcess> wave) throws InterruptedException {
    wave.forEach(process -> process.handle().destroy());
    long deadline = System.nanoTime() + plan.each().toNanos();
    while (wave.stream().anyMatch(process -> ProcessLiveness.isAlive(process.handle()))) {
      if (System.nanoTime() >= deadline) {
        wave.stream()
            .filter(process -> ProcessLiveness.isAlive(process.handle()))
            .forEach(
                process -> {
                  addKilled(process);
                  process.handle().destroyForcibly();
                });
        return false;
      }
      if (sleep.sleep(POLL)) {
        return true;
      }
    }
    return false;
  }

  // Kills what is left: children of the processes and, if the user cancelled the wait, all.
  private List<String> kill() throws InterruptedException {
    long deadline = System.nanoTime() + KILL_BOUND.toNanos();
    while (true) {
      findProcesses();
      seen.keySet().stream()
          .filter(ProcessLiveness::isAlive)
          .forEach(ProcessHandle::destroyForcibly);
      List<String> alive = alive();
      if (alive.isEmpty() || System.nanoTime() >= deadline) {
        return alive;
      }
      CancellableSleep.uncancellable().sleep(POLL);
    }
  }

  private List<ClusterProcess> living() {
    return members.values().stream()
        .filter(process -> ProcessLiveness.isAlive(process.handle()))
        .toList();
  }

  private void findProcesses() {
    for (ClusterProcess process : processes.find()) {
      seen.put(process.handle(), process.toString());
      members.put(process.handle(), process);
      // Every process descends from the seed node, so the seed node's descendants come last: the
      // nearest ancestor names a child best.
      if (!process.isSeed()) {
        addDescendants(process);
      }
    }
    processes.findSeed().ifPresent(this::addDescendants);
    processes.findLeftovers().stream()
        .filter(process -> !members.containsKey(process.handle()))
        .forEach(process -> seen.putIfAbsent(process.handle(), "a child of " + process));
  }

  private void addDescendants(ClusterProcess process) {
    process
        .handle()
        .descendants()
        .filter(ProcessLiveness::isAlive)
        .forEach(
            handle ->
                seen.putIfAbsent(
                    handle, "a child of %s (pid %d)".formatted(process.slot(), handle.pid())));
  }

  private List<String> alive() {
    List<String> alive = new ArrayList<>();
    for (Map.Entry<ProcessHandle, String> process : seen.entrySet()) {
      if (ProcessLiveness.isAlive(process.getKey())) {
        alive.add(process.getValue());
      }
    }
    return alive;
  }
}
