package dev.troupe.seed.slot;

import static dev.troupe.seed.slot.Transition.Act.ABANDON_SPAWN;
import static dev.troupe.seed.slot.Transition.Act.CANCEL_TIMER;
import static dev.troupe.seed.slot.Transition.Act.RELEASE_PERMIT;
import static dev.troupe.seed.slot.Transition.Act.REQUEST_PERMIT;
import static dev.troupe.seed.slot.Transition.Act.SPAWN;

import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.seed.process.Exit;
import dev.troupe.seed.slot.LifecycleEvent.Order;
import dev.troupe.seed.slot.LifecycleState.StopStage;
import dev.troupe.seed.slot.LifecycleState.Stopping;
import dev.troupe.seed.slot.LifecycleState.Then;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Decides what follows each event in each state of a slot. {@link ProcessLifecycle} decides while
 * the slot has a process; this class decides before the launch and after the end of a process. An
 * event that neither class names changes nothing: an order that is already fulfilled, or a message
 * about an earlier process.
 *
 * <p>{@code docs/architecture.md} has all transitions in a table, which a test holds to this class.
 */
final class SlotLifecycle {
  private final SlotSpec spec;
  private final RestartPolicy restartPolicy;
  private final ProcessLifecycle processLifecycle;
  private final DoubleSupplier random;

  /**
   * @param random gives numbers from 0 to 1
   */
  SlotLifecycle(SlotSpec spec, DoubleSupplier random) {
    this.spec = spec;
    this.restartPolicy = new RestartPolicy(spec.restart());
    this.processLifecycle = new ProcessLifecycle(spec);
    this.random = random;
  }

  /**
   * @param now by the ticker
   */
  Transition next(LifecycleState state, LifecycleEvent event, Duration now) {
    SlotProcess process = state.process();
    if (process != null) {
      return event instanceof LifecycleEvent.Exited exited
              && exited.generation() == process.generation()
          ? ended(state, process, exited.exit(), now)
          : processLifecycle.next(state, event, now);
    }
    if (state instanceof LifecycleState.AwaitingPermit waiting) {
      return awaitingPermit(waiting, event);
    }
    if (state instanceof LifecycleState.Spawning spawning) {
      return spawning(spawning, event, now);
    }
    if (state instanceof LifecycleState.Withdrawing withdrawing) {
      return withdrawing(withdrawing, event);
    }
    if (state instanceof LifecycleState.BackingOff backingOff) {
      return backingOff(backingOff, event);
    }
    return resting(state, event);
  }

  /** For pending, stopped, failed and retired: only an order changes these states. */
  private Transition resting(LifecycleState state, LifecycleEvent event) {
    if (!(event instanceof Order order) || state instanceof LifecycleState.Retired) {
      return Transition.to(state);
    }
    return switch (order) {
      case START, RESTART -> launch(state.history().reset());
      case STOP ->
          state instanceof LifecycleState.Stopped ? Transition.to(state) : stopped(state.history());
      case RETIRE -> retired(state.history());
    };
  }

  private Transition awaitingPermit(LifecycleState.AwaitingPermit state, LifecycleEvent event) {
    if (event == LifecycleEvent.PermitGranted.INSTANCE) {
      return Transition.to(new LifecycleState.Spawning(state.history()), SPAWN, startTimer());
    }
    if (event == Order.STOP) {
      return stopped(state.history()).after(RELEASE_PERMIT);
    }
    if (event == Order.RETIRE) {
      return retired(state.history()).after(RELEASE_PERMIT);
    }
    return Transition.to(state);
  }

  private Transition spawning(LifecycleState.Spawning state, LifecycleEvent event, Duration now) {
    LaunchHistory history = state.history();
    if (event instanceof LifecycleEvent.Spawned spawned) {
      return Transition.to(new LifecycleState.Starting(history, spawned.process()), startTimer());
    }
    if (event instanceof LifecycleEvent.SpawnFailed failed) {
      return launchFailed(failed.cause(), history, now).after(CANCEL_TIMER, RELEASE_PERMIT);
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      String cause =
          "the operating system did not start it within %d s"
              .formatted(spec.startTimeout().toSeconds());
      return launchFailed(cause, history, now).after(ABANDON_SPAWN, RELEASE_PERMIT);
    }
    if (event == Order.STOP || event == Order.RETIRE) {
      return Transition.to(
          new LifecycleState.Withdrawing(history, event == Order.RETIRE),
          new Transition.StartTimer(spec.stop().grace()));
    }
    return Transition.to(state);
  }

  private Transition launchFailed(String cause, LaunchHistory history, Duration now) {
    return decide(true, Optional.empty(), history.launchFailed(cause), now);
  }

  private Transition withdrawing(LifecycleState.Withdrawing state, LifecycleEvent event) {
    LaunchHistory history = state.history();
    if (event instanceof LifecycleEvent.Spawned spawned) {
      LifecycleState.Starting started = new LifecycleState.Starting(history, spawned.process());
      return state.isRetiring()
          ? processLifecycle.retire(started)
          : processLifecycle.stopByOrder(started, Then.REST);
    }
    if (event instanceof LifecycleEvent.SpawnFailed failed) {
      LaunchHistory ended = history.launchFailed(failed.cause());
      return withdrawn(state, ended).after(CANCEL_TIMER, RELEASE_PERMIT);
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      return withdrawn(state, history).after(ABANDON_SPAWN, RELEASE_PERMIT);
    }
    if (event == Order.START || (event == Order.RESTART && !state.isRetiring())) {
      return Transition.to(new LifecycleState.Spawning(history), startTimer());
    }
    if (event == Order.RETIRE) {
      return Transition.to(new LifecycleState.Withdrawing(history, true));
    }
    return Transition.to(state);
  }

  private Transition withdrawn(LifecycleState.Withdrawing state, LaunchHistory history) {
    return state.isRetiring() ? retired(history) : stopped(history);
  }

  /** The process of the slot has ended. */
  private Transition ended(LifecycleState state, SlotProcess process, Exit exit, Duration now) {
    LaunchHistory before = state.history();
    if (state instanceof Stopping stopping) {
      ExitReason reason =
          new ExitReason.Stopped(
              stopping.reason(), stopping.noDump(), stopping.stage() != StopStage.TERM_SENT, exit);
      return afterStop(stopping, before.ended(process, reason), now)
          .afterEnd(process, DeathCause.OTHERS);
    }
    if (state instanceof LifecycleState.Retiring retiring) {
      ExitReason reason =
          new ExitReason.Stopped(
              StopReason.ByOrder.INSTANCE, null, retiring.stage() != StopStage.TERM_SENT, exit);
      return retired(before.ended(process, reason)).afterEnd(process, DeathCause.OTHERS);
    }
    LaunchHistory history = before.ended(process, new ExitReason.Ended(exit));
    return decide(!exit.isSuccess(), process.readyFor(now), history, now)
        .afterEnd(process, exit.cause());
  }

  private Transition afterStop(Stopping state, LaunchHistory history, Duration now) {
    return switch (state.then()) {
      case REST -> stopped(history);
      case LAUNCH -> launch(history.reset());
      // The process was stopped because it failed: its end counts as a failure, even after TERM.
      case DECIDE -> decide(true, state.process().readyFor(now), history, now);
    };
  }

  private Transition backingOff(LifecycleState.BackingOff state, LifecycleEvent event) {
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      return launch(state.history());
    }
    return event instanceof Order
        ? resting(state, event).after(CANCEL_TIMER)
        : Transition.to(state);
  }

  private Transition decide(
      boolean failed, Optional<Duration> readyFor, LaunchHistory history, Duration now) {
    RestartPolicy.Decision decision =
        restartPolicy.next(failed, readyFor, history, now, random.getAsDouble());
    if (decision instanceof RestartPolicy.Relaunch relaunch) {
      return relaunch.delay().isZero()
          ? launch(relaunch.history())
          : Transition.to(
              new LifecycleState.BackingOff(relaunch.history(), relaunch.delay()),
              new Transition.StartTimer(relaunch.delay()));
    }
    if (decision instanceof RestartPolicy.GiveUp giveUp) {
      return Transition.to(new LifecycleState.Failed(history, giveUp.why()));
    }
    return stopped(history);
  }

  private static Transition launch(LaunchHistory history) {
    return Transition.to(
        new LifecycleState.AwaitingPermit(history.nextGeneration()), REQUEST_PERMIT);
  }

  private static Transition stopped(LaunchHistory history) {
    return Transition.to(new LifecycleState.Stopped(history));
  }

  private static Transition retired(LaunchHistory history) {
    return Transition.to(new LifecycleState.Retired(history));
  }

  private Transition.StartTimer startTimer() {
    return new Transition.StartTimer(spec.startTimeout());
  }
}
