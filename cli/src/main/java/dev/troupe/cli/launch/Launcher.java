package dev.troupe.cli.launch;

import dev.troupe.cli.command.ExitCode;
import dev.troupe.cli.display.StatusDisplay;
import dev.troupe.cli.launch.LauncherEvent.SeedEnded;
import dev.troupe.cli.launch.LauncherEvent.StopRequested;
import dev.troupe.cli.stop.CancellableSleep;
import dev.troupe.cli.stop.OrderedStop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs a cluster from the start of its seed node to the ordered stop of all processes. Has one
 * thread; what happens outside of it arrives through a queue.
 */
final class Launcher {
  private final SeedSupervisor seed;
  private final SeedLauncher seeds;
  private final BlockingQueue<LauncherEvent> events;
  private final StatusDisplay display;
  private final Stopper stopper;
  private final String abandonment;
  private int interrupts;

  /** Ends all processes of the cluster, in order as far as that is possible. */
  @FunctionalInterface
  interface Stopper {
    OrderedStop.Result stop(CancellableSleep sleep) throws InterruptedException;
  }

  /**
   * @param abandonment what to tell the user when processes are left without a seed node
   */
  Launcher(
      SeedSupervisor seed,
      SeedLauncher seeds,
      BlockingQueue<LauncherEvent> events,
      StatusDisplay display,
      Stopper stopper,
      String abandonment) {
    this.seed = seed;
    this.seeds = seeds;
    this.events = events;
    this.display = display;
    this.stopper = stopper;
    this.abandonment = abandonment;
  }

  /** Returns when the cluster has been stopped, or has no seed node that stays alive. */
  ExitCode run() throws InterruptedException {
    seed.begin();
    while (true) {
      LauncherEvent event = events.poll(seed.untilNextPoll().toMillis(), TimeUnit.MILLISECONDS);
      if (event instanceof StopRequested request) {
        return onStopRequested(request);
      }
      Optional<SeedSupervisor.End> end =
          event instanceof SeedEnded ended ? seed.onEnded(ended) : Optional.empty();
      if (end.isEmpty()) {
        end = seed.poll();
      }
      if (end.isPresent()) {
        return onEnd(end.get());
      }
    }
  }

  private ExitCode onStopRequested(StopRequested request) throws InterruptedException {
    count(request);
    display.say(
        "Stopping (%s); %sCtrl-C kills at once"
            .formatted(request.signal(), interrupts > 0 ? "another " : "two times "));
    return stopAll(ExitCode.OK);
  }

  private ExitCode onEnd(SeedSupervisor.End end) throws InterruptedException {
    return switch (end) {
      case STOPPED -> {
        display.say("Stopped by its seed node");
        yield stopAll(ExitCode.OK);
      }
      case FAILED -> stopAll(ExitCode.FAILED);
      case ABANDONED -> {
        display.say(abandonment);
        yield ExitCode.FAILED;
      }
    };
  }

  private ExitCode stopAll(ExitCode exitCode) throws InterruptedException {
    OrderedStop.Result result = stopper.stop(this::sleep);
    if (result.processes() > 0) {
      display.say(result.text());
    }
    if (!result.remaining().isEmpty()) {
      return ExitCode.FAILED;
    }
    seeds.forget();
    return result.killed().isEmpty() || exitCode != ExitCode.OK ? exitCode : ExitCode.KILLED;
  }

  // Each `down` asks for the same stop once more. Only a second Ctrl-C means "at once".
  private boolean sleep(Duration duration) throws InterruptedException {
    if (events.poll(duration.toMillis(), TimeUnit.MILLISECONDS) instanceof StopRequested request) {
      count(request);
    }
    return interrupts > 1;
  }

  private void count(StopRequested request) {
    if (request.isInterrupt()) {
      interrupts++;
    }
  }
}
