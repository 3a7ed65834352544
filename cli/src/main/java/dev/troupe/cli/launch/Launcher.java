package dev.troupe.cli.launch;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.display.DurationFormat;
import dev.troupe.cli.display.Progress;
import dev.troupe.cli.launch.Event.SeedEnded;
import dev.troupe.cli.launch.Event.StopAsked;
import dev.troupe.cli.launch.RelaunchPolicy.Decision;
import dev.troupe.cli.launch.RelaunchPolicy.End;
import dev.troupe.cli.launch.RelaunchPolicy.Relaunch;
import dev.troupe.cli.stop.OrderedStop;
import dev.troupe.cli.stop.Pause;
import dev.troupe.protocol.control.ClusterStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns the seed node of one home from its start to the ordered stop: launches or adopts it, watches
 * it, launches it again. Lives on one thread; whatever happens comes through a queue.
 */
final class Launcher {
  private static final Duration WHILE_STARTING = Duration.ofMillis(300);
  private static final Duration ONCE_STARTED = Duration.ofSeconds(2);
  private static final Duration ADOPTION_BOUND = Duration.ofSeconds(10);

  private final SeedLauncher seeds;
  private final BlockingQueue<Event> events;
  private final Progress progress;
  private final Startup startup;
  private final Stopper stopper;
  private final RelaunchPolicy policy;
  private final LauncherSettings settings;
  private final Supplier<Duration> uptime;

  private final List<Duration> relaunches = new ArrayList<>();
  private @Nullable SeedProcess seed;
  private SeedWatch watch;
  private @Nullable Duration launchAt;
  private @Nullable Long adopting;
  private @Nullable String killedFor;
  private Duration adoptUntil = Duration.ZERO;
  private int interrupts;

  /** Ends all processes of the cluster, in order as far as that is possible. */
  @FunctionalInterface
  interface Stopper {
    OrderedStop.Outcome stop(Pause pause) throws InterruptedException;
  }

  /**
   * @param uptime monotonic time, from any moment on
   */
  Launcher(
      SeedLauncher seeds,
      BlockingQueue<Event> events,
      Progress progress,
      Startup startup,
      Stopper stopper,
      RelaunchPolicy policy,
      LauncherSettings settings,
      Supplier<Duration> uptime) {
    this.seeds = seeds;
    this.events = events;
    this.progress = progress;
    this.startup = startup;
    this.stopper = stopper;
    this.policy = policy;
    this.settings = settings;
    this.uptime = uptime;
    this.watch = newWatch();
  }

  /** Returns when the cluster has been stopped, or has no seed node that stays alive. */
  ExitCode run() throws InterruptedException {
    begin();
    while (true) {
      Event event = events.poll(untilNextLook().toMillis(), TimeUnit.MILLISECONDS);
      if (event instanceof StopAsked asked) {
        count(asked);
        progress.say(
            "Stopping (%s); %sCtrl-C kills at once"
                .formatted(asked.signal(), interrupts > 0 ? "another " : "two times "));
        return stopAll(ExitCode.OK);
      }
      Optional<ExitCode> end = Optional.empty();
      if (event instanceof SeedEnded ended && ended.seed().equals(seed)) {
        end = onSeedEnded(ended);
      } else if (launchAt != null && uptime.get().compareTo(launchAt) >= 0) {
        end = launch();
      }
      if (end.isPresent()) {
        return end.get();
      }
      look();
    }
  }

  private void begin() {
    OptionalLong living = seeds.findLiving();
    if (living.isEmpty()) {
      launchAt = uptime.get();
      return;
    }
    adopting = living.getAsLong();
    adoptUntil = uptime.get().plus(ADOPTION_BOUND);
    progress.say("Taking over from an earlier launcher: seed-1 lives (pid " + adopting + ")");
  }

  private Duration untilNextLook() {
    boolean calm = startup.isOver() && watch.hasAnswered() && !watch.isSilent();
    Duration interval = calm ? ONCE_STARTED : WHILE_STARTING;
    if (launchAt == null) {
      return interval;
    }
    Duration untilLaunch = launchAt.minus(uptime.get());
    return untilLaunch.compareTo(interval) < 0 ? untilLaunch : interval;
  }

  private Optional<ExitCode> launch() throws InterruptedException {
    launchAt = null;
    try {
      watch(seeds.start());
      return Optional.empty();
    } catch (IOException refused) {
      SeedExit exit = new SeedExit(1, false, false, Duration.ZERO, seeds.othersLive());
      return react(
          "seed-1 cannot be launched: " + refused.getMessage(),
          exit,
          policy.next(exit, relaunches, uptime.get()));
    }
  }

  private void watch(SeedProcess started) {
    seed = started;
    killedFor = null;
    watch = newWatch();
    var unused = started.exit().thenAccept(code -> events.add(new SeedEnded(started, code)));
  }

  private SeedWatch newWatch() {
    return new SeedWatch(settings.startTimeout(), settings.heartbeatTimeout(), uptime.get());
  }

  private void look() {
    if (adopting != null) {
      adopt(adopting);
    }
    if (seed == null) {
      return;
    }
    Optional<ClusterStatus> status = seeds.status(seed.pid());
    if (status.isPresent()) {
      watch.onAnswer(uptime.get());
      startup.see(status.get());
      return;
    }
    watch.onMiss(uptime.get());
    if (watch.isHung()) {
      end(seed.pid(), "has not answered for " + DurationFormat.fine(watch.silence()));
      watch.restart(uptime.get());
    }
  }

  private void adopt(long pid) {
    Optional<SeedProcess> adopted = seeds.adopt(pid);
    if (adopted.isPresent()) {
      adopting = null;
      watch(adopted.get());
    } else if (uptime.get().compareTo(adoptUntil) >= 0) {
      adopting = null;
      end(pid, "has not answered for " + DurationFormat.fine(ADOPTION_BOUND));
      seeds.noteEnd(pid, null, killedFor, 0);
      launchAt = uptime.get();
    }
  }

  // Only the seed node: what it supervises serves on, and is adopted by the next one.
  private void end(long pid, String why) {
    String dump = seeds.dumpThreads(pid).orElse("its threads are in run/logs/seed-1.out");
    killedFor = "%s (%s)".formatted(why, dump);
    progress.say("seed-1 (pid %d) %s: killing it, launching another".formatted(pid, killedFor));
    seeds.kill(pid);
  }

  private Optional<ExitCode> onSeedEnded(SeedEnded ended) throws InterruptedException {
    Integer code = ended.exitCode();
    boolean ordered = code == null ? seeds.leftInOrder() : code == 0;
    seed = null;
    SeedExit exit =
        new SeedExit(
            code,
            ordered,
            watch.hasAnswered(),
            watch.answeredFor(uptime.get()),
            seeds.othersLive());
    Decision decision = policy.next(exit, relaunches, uptime.get());
    if (decision != End.INSTANCE) {
      int count = decision instanceof Relaunch relaunch ? relaunch.attempt() : relaunches.size();
      seeds.noteEnd(ended.seed().pid(), code, killedFor, count);
    }
    return react("seed-1 (pid " + ended.seed().pid() + ") " + exit.text(), exit, decision);
  }

  private Optional<ExitCode> react(String what, SeedExit exit, Decision decision)
      throws InterruptedException {
    if (decision == End.INSTANCE) {
      progress.say("Stopped by its seed node");
      return Optional.of(stopAll(ExitCode.OK));
    }
    if (decision instanceof Relaunch relaunch) {
      if (relaunch.attempt() == 1) {
        relaunches.clear();
      }
      launchAt = uptime.get().plus(relaunch.after());
      relaunches.add(launchAt);
      progress.say(what + "; " + announcement(relaunch));
      return Optional.empty();
    }
    progress.say(
        decision == RelaunchPolicy.GiveUp.INSTANCE
            ? what + "; not launched again: troupe.restart allows " + policy.budget()
            : what + " before it was ready");
    seeds.lastLines().forEach(line -> progress.say("  | " + line));
    progress.say("All it wrote is in run/logs/seed-1.out and run/logs/seed-1.log");
    if (exit.othersLive()) {
      progress.say(settings.abandonment());
      return Optional.of(ExitCode.FAILED);
    }
    return Optional.of(stopAll(ExitCode.FAILED));
  }

  private String announcement(Relaunch relaunch) {
    String when =
        relaunch.after().isZero() ? "at once" : "in " + DurationFormat.fine(relaunch.after());
    return "launching it again %s (%d of %s)".formatted(when, relaunch.attempt(), policy.budget());
  }

  private ExitCode stopAll(ExitCode exitCode) throws InterruptedException {
    OrderedStop.Outcome outcome = stopper.stop(this::elapse);
    if (outcome.processes() > 0) {
      progress.say(outcome.text());
    }
    if (!outcome.remaining().isEmpty()) {
      return ExitCode.FAILED;
    }
    seeds.forget();
    return outcome.killed().isEmpty() || exitCode != ExitCode.OK ? exitCode : ExitCode.KILLED;
  }

  // Others may ask for the same stop as often as they like; only a terminal is in a hurry.
  private boolean elapse(Duration duration) throws InterruptedException {
    if (events.poll(duration.toMillis(), TimeUnit.MILLISECONDS) instanceof StopAsked asked) {
      count(asked);
    }
    return interrupts > 1;
  }

  private void count(StopAsked asked) {
    if (asked.isInterrupt()) {
      interrupts++;
    }
  }
}
