package dev.troupe.cli.stop;

import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.protocol.launch.Liveness;
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
 * Stops all processes of a cluster: by its seed node if that answers, else wave by wave, with TERM
 * and its own time for each process. Only what does not end in that time is killed.
 */
public final class OrderedStop {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration KILL_BOUND = Duration.ofSeconds(5);

  private final ClusterProcesses processes;
  private final Supplier<Optional<ControlClient>> control;
  private final StopPlan plan;
  private final KilledByOthers killedByOthers;
  private final Pause pause;
  // What was seen of the cluster since the stop began; a handle stays true beyond pid reuse.
  private final Map<ProcessHandle, String> seen = new LinkedHashMap<>();
  private final Map<ProcessHandle, ClusterProcess> members = new LinkedHashMap<>();
  private final Map<Long, String> killed = new LinkedHashMap<>();

  /**
   * @param control the seed node's, looked up anew for each use
   */
  public OrderedStop(
      ClusterProcesses processes,
      Supplier<Optional<ControlClient>> control,
      StopPlan plan,
      KilledByOthers killedByOthers,
      Pause pause) {
    this.processes = processes;
    this.control = control;
    this.plan = plan;
    this.killedByOthers = killedByOthers;
    this.pause = pause;
  }

  /**
   * What it took.
   *
   * @param processes of the cluster; what those started themselves is not counted
   * @param killed those that did not end by themselves, in words, by pid
   * @param remaining those that live even after KILL
   */
  public record Outcome(
      int processes, Map<Long, String> killed, List<String> remaining, Duration took) {
    public Outcome {
      killed = Collections.unmodifiableMap(new LinkedHashMap<>(killed));
      remaining = List.copyOf(remaining);
    }

    /** For the user, one line. */
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

  public Outcome run() throws InterruptedException {
    long start = System.nanoTime();
    lookAgain();
    boolean hurry = ask() && awaitSeed();
    if (!hurry) {
      hurry = stopInWaves();
    }
    lookAgain();
    if (hurry) {
      living().forEach(this::wasKilled);
    }
    List<String> remaining = kill();
    killedByOthers.among(members.values()).forEach(this::wasKilled);
    return new Outcome(
        members.size(), killed, remaining, Duration.ofNanos(System.nanoTime() - start));
  }

  private boolean ask() {
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

  // Until it has stopped everything, itself included, or does not do it any more.
  private boolean awaitSeed() throws InterruptedException {
    long deadline = System.nanoTime() + plan.whole().toNanos();
    Optional<ProcessHandle> seed = processes.findSeed().map(ClusterProcess::handle);
    while (seed.filter(Liveness::isAlive).isPresent() && System.nanoTime() < deadline) {
      if (Liveness.isStopped(seed.get().pid())) {
        return false;
      }
      if (pause.elapse(POLL)) {
        return true;
      }
    }
    return false;
  }

  private boolean stopInWaves() throws InterruptedException {
    // A seed node that does not answer would only relaunch what is terminated here.
    processes.findSeed().ifPresent(this::killSeed);
    Set<ProcessHandle> done = new HashSet<>();
    while (true) {
      lookAgain();
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

  private void wasKilled(ClusterProcess process) {
    killed.putIfAbsent(process.pid(), process.toString());
  }

  private boolean stopWave(List<ClusterProcess> wave) throws InterruptedException {
    wave.forEach(process -> process.handle().destroy());
    long deadline = System.nanoTime() + plan.each().toNanos();
    while (wave.stream().anyMatch(process -> Liveness.isAlive(process.handle()))) {
      if (System.nanoTime() >= deadline) {
        wave.stream()
            .filter(process -> Liveness.isAlive(process.handle()))
            .forEach(
                process -> {
                  wasKilled(process);
                  process.handle().destroyForcibly();
                });
        return false;
      }
      if (pause.elapse(POLL)) {
        return true;
      }
    }
    return false;
  }

  // What is left: children of the processes, and everything if there is a hurry.
  private List<String> kill() throws InterruptedException {
    long deadline = System.nanoTime() + KILL_BOUND.toNanos();
    while (true) {
      lookAgain();
      seen.keySet().stream().filter(Liveness::isAlive).forEach(ProcessHandle::destroyForcibly);
      List<String> alive = alive();
      if (alive.isEmpty() || System.nanoTime() >= deadline) {
        return alive;
      }
      Pause.sleeping().elapse(POLL);
    }
  }

  private List<ClusterProcess> living() {
    return members.values().stream().filter(process -> Liveness.isAlive(process.handle())).toList();
  }

  private void lookAgain() {
    for (ClusterProcess process : processes.find()) {
      seen.put(process.handle(), process.toString());
      members.put(process.handle(), process);
      // Everything descends from the seed node: nearer ancestors name it better.
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
        .filter(Liveness::isAlive)
        .forEach(
            handle ->
                seen.putIfAbsent(
                    handle, "a child of %s (pid %d)".formatted(process.slot(), handle.pid())));
  }

  private List<String> alive() {
    List<String> alive = new ArrayList<>();
    for (Map.Entry<ProcessHandle, String> process : seen.entrySet()) {
      if (Liveness.isAlive(process.getKey())) {
        alive.add(process.getValue());
      }
    }
    return alive;
  }
}
