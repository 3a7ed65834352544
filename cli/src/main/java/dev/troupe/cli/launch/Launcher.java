package dev.troupe.cli.launch;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.display.Progress;
import dev.troupe.cli.display.Spans;
import dev.troupe.cli.launch.Event.SeedEnded;
import dev.troupe.cli.launch.Event.StopAsked;
import dev.troupe.cli.launch.RelaunchPolicy.Decision;
import dev.troupe.cli.launch.RelaunchPolicy.End;
import dev.troupe.cli.launch.RelaunchPolicy.Relaunch;
import dev.troupe.cli.stop.OrderedStop;
import dev.troupe.cli.stop.Pause;
import dev.troupe.protocol.control.ClusterStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owns the seed node of one home from its start to the ordered stop: launches or adopts it, watches
 * it, launches it again. Lives on one thread; whatever happens comes through a queue.
 */
final class Launcher {
  private static final Duration WHILE_STARTING = Duration.ofMillis(300);
  private static final Duration ONCE_STARTED = Duration.ofSeconds(2);
  private static final Duration ADOPTION_BOUND = Duration.ofSeconds(10);

  private final Seeds seeds;
  private final BlockingQueue<Event> events;
  private final Progress progress;
  private final Startup startup;
  private final Stopper stopper;
  private final Clock clock;

  private final List<Instant> relaunches = new ArrayList<>();
  private @Nullable SeedProcess seed;
  private boolean answered;
  private @Nullable Instant launchAt;
  private @Nullable Long adopting;
  private Instant adoptUntil = Instant.MIN;

  /** Ends all processes of the cluster, in order as far as that is possible. */
  @FunctionalInterface
  interface Stopper {
    OrderedStop.Outcome stop(Pause pause) throws InterruptedException;
  }

  Launcher(
      Seeds seeds,
      BlockingQueue<Event> events,
      Progress progress,
      Startup startup,
      Stopper stopper,
      Clock clock) {
    this.seeds = seeds;
    this.events = events;
    this.progress = progress;
    this.startup = startup;
    this.stopper = stopper;
    this.clock = clock;
  }

  /**
   * Returns when the cluster has been stopped, or can't be kept alive.
   *
   * @throws IOException when the operating system refuses to start a process
   */
  ExitCode run() throws InterruptedException, IOException {
    begin();
    while (true) {
      Event event = events.poll(untilNextLook().toMillis(), TimeUnit.MILLISECONDS);
      if (event instanceof StopAsked asked) {
        progress.say("Stopping (" + asked.signal() + "); again to kill at once");
        return stopAll(ExitCode.OK);
      }
      if (event instanceof SeedEnded ended && ended.seed().equals(seed)) {
        Optional<ExitCode> end = onSeedEnded(ended);
        if (end.isPresent()) {
          return end.get();
        }
      }
      if (launchAt != null && !clock.instant().isBefore(launchAt)) {
        launchAt = null;
        watch(seeds.start());
      }
      look();
    }
  }

  private void begin() {
    OptionalLong living = seeds.findLiving();
    if (living.isEmpty()) {
      launchAt = clock.instant();
      return;
    }
    adopting = living.getAsLong();
    adoptUntil = clock.instant().plus(ADOPTION_BOUND);
    progress.say("Taking over from an earlier launcher: seed-1 lives (pid " + adopting + ")");
  }

  private Duration untilNextLook() {
    Duration interval = startup.isOver() && answered ? ONCE_STARTED : WHILE_STARTING;
    if (launchAt == null) {
      return interval;
    }
    Duration untilLaunch = Duration.between(clock.instant(), launchAt);
    return untilLaunch.compareTo(interval) < 0 ? untilLaunch : interval;
  }

  private void watch(SeedProcess started) {
    seed = started;
    answered = false;
    var unused = started.exit().thenAccept(code -> events.add(new SeedEnded(started, code)));
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
      answered = true;
      startup.see(status.get());
    }
  }

  private void adopt(long pid) {
    Optional<SeedProcess> adopted = seeds.adopt(pid);
    if (adopted.isPresent()) {
      adopting = null;
      watch(adopted.get());
    } else if (!clock.instant().isBefore(adoptUntil)) {
      progress.say(
          "seed-1 (pid %d) did not answer for %s: killing it, launching another"
              .formatted(pid, Spans.fine(ADOPTION_BOUND)));
      adopting = null;
      seeds.kill(pid);
      launchAt = clock.instant();
    }
  }

  private Optional<ExitCode> onSeedEnded(SeedEnded ended) throws InterruptedException {
    Integer code = ended.exitCode();
    boolean ordered = code == null ? seeds.leftInOrder() : code == 0;
    SeedExit exit = new SeedExit(code, ordered, answered, seeds.othersLive());
    String who = "seed-1 (pid " + ended.seed().pid() + ") " + exit.text();
    seed = null;

    Decision decision = RelaunchPolicy.next(exit, relaunches, clock.instant());
    if (decision == End.INSTANCE) {
      progress.say("Stopped by its seed node");
      return Optional.of(stopAll(ExitCode.OK));
    }
    if (decision instanceof Relaunch relaunch) {
      launchAt = clock.instant().plus(relaunch.after());
      relaunches.add(launchAt);
      progress.say(who + "; " + announcement(relaunch));
      return Optional.empty();
    }
    progress.say(
        decision == RelaunchPolicy.GiveUp.INSTANCE
            ? who + "; launched again " + RelaunchPolicy.LIMIT + " times, giving up"
            : who + " before it was ready");
    seeds.lastLines().forEach(line -> progress.say("  | " + line));
    progress.say("All it wrote is in run/logs/seed-1.out and run/logs/seed-1.log");
    return Optional.of(stopAll(ExitCode.FAILED));
  }

  private static String announcement(Relaunch relaunch) {
    String when = relaunch.after().isZero() ? "at once" : "in " + Spans.fine(relaunch.after());
    return "launching it again %s (%d of %d in %d s)"
        .formatted(
            when, relaunch.attempt(), RelaunchPolicy.LIMIT, RelaunchPolicy.WINDOW.toSeconds());
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
    return exitCode;
  }

  private boolean elapse(Duration duration) throws InterruptedException {
    return events.poll(duration.toMillis(), TimeUnit.MILLISECONDS) instanceof StopAsked;
  }
}
