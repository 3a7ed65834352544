package dev.troupe.cli.launch;

import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.cli.launch.LauncherEvent.SeedEnded;
import dev.troupe.cli.launch.RelaunchPolicy.Decision;
import dev.troupe.cli.launch.RelaunchPolicy.Relaunch;
import dev.troupe.cli.launch.SeedLauncher.SeedProcess;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.report.DurationFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns the seed node of one home: launches or adopts it, asks it for its status, kills it when it
 * hangs, and launches it again. All calls come from the thread of the launcher.
 */
final class SeedSupervisor {
  private static final Duration POLL_WHILE_STARTING = Duration.ofMillis(300);
  private static final Duration POLL_ONCE_STARTED = Duration.ofSeconds(2);
  private static final Duration ADOPTION_TIMEOUT = Duration.ofSeconds(10);

  private final SeedLauncher seeds;
  private final Queue<LauncherEvent> events;
  private final StatusDisplay display;
  private final StartupMonitor startup;
  private final RelaunchPolicy policy;
  private final Timeouts timeouts;
  private final Supplier<Duration> uptime;

  private final List<Duration> relaunches = new ArrayList<>();
  private @Nullable SeedProcess seed;
  private HangDetector hangDetector;
  private @Nullable Duration launchAt;
  private @Nullable Long adopting;
  private @Nullable String killedFor;
  private Duration adoptUntil = Duration.ZERO;

  /**
   * When a seed node that does not answer is taken for one that hangs.
   *
   * @param start how long it may take until it answers for the first time
   * @param heartbeat how long it may be silent from then on
   */
  record Timeouts(Duration start, Duration heartbeat) {}

  /** Why there will be no other seed node. */
  enum End {
    /** The seed node stopped the whole cluster in order. */
    STOPPED,
    /** No seed node stays alive. */
    FAILED,
    /** No seed node stays alive, but other processes of the cluster do. */
    ABANDONED
  }

  /**
   * @param events takes the end of the seed node, from any thread
   * @param uptime monotonic time, from any moment on
   */
  SeedSupervisor(
      SeedLauncher seeds,
      Queue<LauncherEvent> events,
      StatusDisplay display,
      StartupMonitor startup,
      RelaunchPolicy policy,
      Timeouts timeouts,
      Supplier<Duration> uptime) {
    this.seeds = seeds;
    this.events = events;
    this.display = display;
    this.startup = startup;
    this.policy = policy;
    this.timeouts = timeouts;
    this.uptime = uptime;
    this.hangDetector = newHangDetector();
  }

  /** Prepares to adopt the seed node that an earlier launcher left, or to launch one. */
  void begin() {
    OptionalLong living = seeds.findLiving();
    if (living.isEmpty()) {
      launchAt = uptime.get();
      return;
    }
    adopting = living.getAsLong();
    adoptUntil = uptime.get().plus(ADOPTION_TIMEOUT);
    display.say("Taking over from an earlier launcher: seed-1 lives (pid " + adopting + ")");
  }

  /** How long the launcher may wait until it calls {@link #poll} again. */
  Duration untilNextPoll() {
    boolean isCalm = startup.isOver() && hangDetector.hasAnswered() && !hangDetector.isSilent();
    Duration interval = isCalm ? POLL_ONCE_STARTED : POLL_WHILE_STARTING;
    if (launchAt == null) {
      return interval;
    }
    Duration untilLaunch = launchAt.minus(uptime.get());
    return untilLaunch.compareTo(interval) < 0 ? untilLaunch : interval;
  }

  /** Launches a seed node if it is time to, and asks the one that runs for its status. */
  Optional<End> poll() {
    if (launchAt != null && uptime.get().compareTo(launchAt) >= 0) {
      Optional<End> end = launch();
      if (end.isPresent()) {
        return end;
      }
    }
    if (adopting != null) {
      adopt(adopting);
    }
    if (seed != null) {
      askForStatus(seed);
    }
    return Optional.empty();
  }

  /** Decides what follows the end of a seed node. */
  Optional<End> onEnded(SeedEnded ended) {
    if (!ended.seed().equals(seed)) {
      return Optional.empty();
    }
    Integer code = ended.exitCode();
    boolean isOrdered = code == null ? seeds.leftInOrder() : code == 0;
    seed = null;
    ObservedSeedExit exit =
        new ObservedSeedExit(
            code,
            isOrdered,
            killedFor == null && seeds.isReplaced(ended.seed().pid()),
            hangDetector.hasAnswered(),
            hangDetector.answeredFor(uptime.get()),
            seeds.othersLive());
    Decision decision = policy.next(exit, relaunches, uptime.get());
    if (decision != RelaunchPolicy.End.INSTANCE) {
      int count = decision instanceof Relaunch relaunch ? relaunch.attempt() : relaunches.size();
      seeds.noteEnd(ended.seed().pid(), code, killedFor, count);
    }
    return perform(decision, "seed-1 (pid " + ended.seed().pid() + ") " + exit.text(), exit);
  }

  private Optional<End> launch() {
    launchAt = null;
    try {
      supervise(seeds.start());
      return Optional.empty();
    } catch (IOException refused) {
      ObservedSeedExit exit =
          new ObservedSeedExit(1, false, false, false, Duration.ZERO, seeds.othersLive());
      return perform(
          policy.next(exit, relaunches, uptime.get()),
          "seed-1 cannot be launched: " + refused.getMessage(),
          exit);
    }
  }

  private void supervise(SeedProcess started) {
    seed = started;
    killedFor = null;
    hangDetector = newHangDetector();
    var unused = started.exit().thenAccept(code -> events.add(new SeedEnded(started, code)));
  }

  private HangDetector newHangDetector() {
    return new HangDetector(timeouts.start(), timeouts.heartbeat(), uptime.get());
  }

  private void adopt(long pid) {
    Optional<SeedProcess> adopted = seeds.adopt(pid);
    if (adopted.isPresent()) {
      adopting = null;
      supervise(adopted.get());
    } else if (uptime.get().compareTo(adoptUntil) >= 0) {
      adopting = null;
      killHung(pid, ADOPTION_TIMEOUT);
      seeds.noteEnd(pid, null, killedFor, 0);
      launchAt = uptime.get();
    }
  }

  private void askForStatus(SeedProcess running) {
    Optional<ClusterStatus> status = seeds.status(running.pid());
    if (status.isPresent()) {
      hangDetector.onAnswer(uptime.get());
      startup.onStatus(status.get());
      return;
    }
    hangDetector.onMiss(uptime.get());
    if (hangDetector.isHung()) {
      killHung(running.pid(), hangDetector.silence());
      hangDetector.restart(uptime.get());
    }
  }

  // Only the seed node: the processes that it supervises go on, and the next seed node adopts them.
  private void killHung(long pid, Duration silence) {
    String dump = seeds.dumpThreads(pid).orElse("its threads are in run/logs/seed-1.out");
    killedFor = "has not answered for %s (%s)".formatted(DurationFormat.fine(silence), dump);
    display.say("seed-1 (pid %d) %s: killing it, launching another".formatted(pid, killedFor));
    seeds.kill(pid);
  }

  private Optional<End> perform(Decision decision, String cause, ObservedSeedExit exit) {
    if (decision == RelaunchPolicy.End.INSTANCE) {
      return Optional.of(End.STOPPED);
    }
    if (decision instanceof Relaunch relaunch) {
      relaunchLater(relaunch, cause);
      return Optional.empty();
    }
    display.say(
        decision == RelaunchPolicy.GiveUp.INSTANCE
            ? cause + "; not launched again: troupe.restart allows " + policy.budget()
            : cause + " before it was ready");
    seeds.lastLines().forEach(line -> display.say("  | " + line));
    display.say("All that it wrote is in run/logs/seed-1.out and run/logs/seed-1.log");
    return Optional.of(exit.othersLive() ? End.ABANDONED : End.FAILED);
  }

  private void relaunchLater(Relaunch relaunch, String cause) {
    launchAt = uptime.get().plus(relaunch.after());
    if (!relaunch.counts()) {
      display.say(cause + " by order; launching another one at once");
      return;
    }
    if (relaunch.attempt() == 1) {
      relaunches.clear();
    }
    relaunches.add(launchAt);
    String when =
        relaunch.after().isZero() ? "at once" : "in " + DurationFormat.fine(relaunch.after());
    display.say(
        "%s; launching it again %s (%d of %s)"
            .formatted(cause, when, relaunch.attempt(), policy.budget()));
  }
}
