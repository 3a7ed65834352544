package dev.troupe.cli.stop;

import dev.troupe.cli.control.ControlClient;
import dev.troupe.cli.control.ControlException;
import dev.troupe.cli.process.ClusterProcess;
import dev.troupe.cli.process.ClusterProcesses;
import dev.troupe.protocol.launch.Liveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Stops all processes of a cluster: by its seed node if that answers, else by TERM; what is left
 * after {@code bound} by KILL, descendants included.
 */
public final class OrderedStop {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration KILL_BOUND = Duration.ofSeconds(5);

  private final ClusterProcesses processes;
  private final Supplier<Optional<ControlClient>> control;
  private final Duration bound;
  private final Pause pause;

  // What was seen of the cluster since the stop began; a handle stays true beyond pid reuse.
  private final Map<ProcessHandle, String> seen = new LinkedHashMap<>();
  private final Set<ProcessHandle> members = new HashSet<>();

  /**
   * @param control the seed node's, looked up anew for each use
   */
  public OrderedStop(
      ClusterProcesses processes,
      Supplier<Optional<ControlClient>> control,
      Duration bound,
      Pause pause) {
    this.processes = processes;
    this.control = control;
    this.bound = bound;
    this.pause = pause;
  }

  /**
   * What it took.
   *
   * @param processes of the cluster; what those started themselves is not counted
   * @param killed those that did not end by themselves
   * @param remaining those that live even after KILL
   */
  public record Outcome(int processes, List<String> killed, List<String> remaining, Duration took) {
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
          : summary + "; had to be killed: " + String.join(", ", killed);
    }
  }

  public Outcome run() throws InterruptedException {
    long start = System.nanoTime();
    lookAgain();
    if (!ask()) {
      terminate();
    }
    awaitEnd();
    lookAgain();
    List<String> killed = alive();
    List<String> remaining = kill();
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

  // A seed node that does not answer would only relaunch what is terminated here.
  private void terminate() {
    for (ClusterProcess process : processes.find()) {
      if (process.isSeed()) {
        process.handle().destroyForcibly();
      } else {
        process.handle().destroy();
      }
    }
  }

  private void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    boolean supervised = true;
    while (!alive().isEmpty() && System.nanoTime() < deadline) {
      if (supervised && processes.findSeed().isEmpty()) {
        supervised = false;
        terminate();
      }
      if (pause.elapse(POLL)) {
        return;
      }
    }
  }

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

  private void lookAgain() {
    for (ClusterProcess process : processes.find()) {
      seen.put(process.handle(), process.toString());
      members.add(process.handle());
      // Everything descends from the seed node: nearer ancestors name it better.
      if (!process.isSeed()) {
        addDescendants(process);
      }
    }
    processes.findSeed().ifPresent(this::addDescendants);
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
