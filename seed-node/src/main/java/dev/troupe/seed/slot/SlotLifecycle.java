package dev.troupe.seed.slot;

import static dev.troupe.seed.slot.LifecycleEffect.Act.ABANDON_SPAWN;
import static dev.troupe.seed.slot.LifecycleEffect.Act.CANCEL_TIMER;
import static dev.troupe.seed.slot.LifecycleEffect.Act.KILL;
import static dev.troupe.seed.slot.LifecycleEffect.Act.RELEASE_PERMIT;
import static dev.troupe.seed.slot.LifecycleEffect.Act.REQUEST_PERMIT;
import static dev.troupe.seed.slot.LifecycleEffect.Act.SPAWN;

import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.seed.slot.LifecycleEvent.Order;
import dev.troupe.seed.slot.LifecycleState.StopStage;
import dev.troupe.seed.slot.LifecycleState.Stopping;
import dev.troupe.seed.slot.LifecycleState.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Decides what follows each event in each state of a slot. What it does not name changes nothing:
 * an order that is already fulfilled, or a message about an earlier process.
 *
 * <p>{@code docs/architecture.md} has all transitions in a table, which a test holds to this class.
 */
final class SlotLifecycle {
  /** How long a thread dump may take. */
  static final Duration DUMP_TIMEOUT = Duration.ofSeconds(5);

  private final SlotSpec spec;
  private final RestartPolicy restartPolicy;
  private final LiveSlot live;
  private final DoubleSupplier random;

  /**
   * @param random gives numbers from 0 to 1
   */
  SlotLifecycle(SlotSpec spec, DoubleSupplier random) {
    this.spec = spec;
    this.restartPolicy = new RestartPolicy(spec.restart());
    this.live = new LiveSlot(spec);
    this.random = random;
  }

  /** The state after an event, and what is to be done, in this order. */
  record Transition(LifecycleState state, List<LifecycleEffect> effects) {
    Transition {
      effects = List.copyOf(effects);
    }

    static Transition to(LifecycleState state, LifecycleEffect... effects) {
      return new Transition(state, List.of(effects));
    }

    private Transition after(LifecycleEffect... first) {
      List<LifecycleEffect> all = new ArrayList<>(List.of(first));
      all.addAll(effects);
      return new Transition(state, all);
    }
  }

  /**
   * @param now by the ticker
   */
  Transition next(LifecycleState state, LifecycleEvent event, Duration now) {
    if (state instanceof LifecycleState.AwaitingPermit waiting) {
      return awaitingPermit(waiting, event);
    }
    if (state instanceof LifecycleState.Spawning spawning) {
      return spawning(spawning, event, now);
    }
    if (state instanceof LifecycleState.Withdrawing withdrawing) {
      return withdrawing(withdrawing, event);
    }
    if (state instanceof LifecycleState.Alive alive) {
      return alive(alive, event, now);
    }
    if (state instanceof Stopping stopping) {
      return stopping(stopping, event, now);
    }
    if (state instanceof LifecycleState.Retiring retiring) {
      return retiring(retiring, event);
    }
    if (state instanceof LifecycleState.BackingOff backingOff) {
      return backingOff(backingOff, event);
    }
    return resting(state, event);
  }

  /** Pending, stopped, failed, retired. */
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
          new LifecycleEffect.StartTimer(spec.stop().grace()));
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
      return state.isRetiring() ? live.retire(started) : live.stopByOrder(started, Then.REST);
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

  private Transition alive(LifecycleState.Alive state, LifecycleEvent event, Duration now) {
    if (event instanceof LifecycleEvent.Exited exited) {
      SlotProcess process = state.process();
      if (exited.generation() != process.generation()) {
        return Transition.to(state);
      }
      return decide(
              !exited.exit().isSuccess(),
              process.readyFor(now),
              state.history().ended(process, new ExitReason.Ended(exited.exit())),
              now)
          .after(ended(process, exited.exit().cause()));
    }
    return live.next(state, event, now);
  }

  private Transition stopping(Stopping state, LifecycleEvent event, Duration now) {
    if (event instanceof LifecycleEvent.Exited exited
        && exited.generation() == state.process().generation()) {
      ExitReason reason =
          new ExitReason.Stopped(
              state.reason(), state.noDump(), state.stage() != StopStage.TERM_SENT, exited.exit());
      return afterStop(state, state.history().ended(state.process(), reason), now)
          .after(ended(state.process(), DeathCause.OTHERS));
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      return kill(stopping(state, state.then(), afterKill(state.stage())));
    }
    if (event == Order.RETIRE) {
      return Transition.to(
          new LifecycleState.Retiring(state.history(), state.process(), state.stage()));
    }
    if (event instanceof Order order) {
      Then then = order == Order.STOP ? Then.REST : Then.LAUNCH;
      return Transition.to(stopping(state, then, state.stage()));
    }
    return Transition.to(state);
  }

  private Transition afterStop(Stopping state, LaunchHistory history, Duration now) {
    return switch (state.then()) {
      case REST -> stopped(history);
      case LAUNCH -> launch(history.reset());
      // It failed before it ended, however obediently it then did.
      case DECIDE -> decide(true, state.process().readyFor(now), history, now);
    };
  }

  private static Stopping stopping(Stopping state, Then then, StopStage stage) {
    return new Stopping(
        state.history(), state.process(), state.reason(), state.noDump(), then, stage);
  }

  private Transition retiring(LifecycleState.Retiring state, LifecycleEvent event) {
    if (event instanceof LifecycleEvent.Exited exited
        && exited.generation() == state.process().generation()) {
      ExitReason reason =
          new ExitReason.Stopped(
              StopReason.ByOrder.INSTANCE,
              null,
              state.stage() != StopStage.TERM_SENT,
              exited.exit());
      return retired(state.history().ended(state.process(), reason))
          .after(ended(state.process(), DeathCause.OTHERS));
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      return kill(
          new LifecycleState.Retiring(state.history(), state.process(), afterKill(state.stage())));
    }
    if (event == Order.START) {
      return Transition.to(
          new Stopping(
              state.history(),
              state.process(),
              StopReason.ByOrder.INSTANCE,
              null,
              Then.LAUNCH,
              state.stage()));
    }
    return Transition.to(state);
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
              new LifecycleEffect.StartTimer(relaunch.delay()));
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

  private static Transition kill(LifecycleState state) {
    return Transition.to(state, KILL, new LifecycleEffect.StartTimer(SlotSpec.KILL_TIMEOUT));
  }

  private static StopStage afterKill(StopStage stage) {
    return stage == StopStage.TERM_SENT ? StopStage.KILL_SENT : StopStage.KILL_IGNORED;
  }

  private LifecycleEffect startTimer() {
    return new LifecycleEffect.StartTimer(spec.startTimeout());
  }

  private static LifecycleEffect[] ended(SlotProcess process, DeathCause cause) {
    return new LifecycleEffect[] {
      CANCEL_TIMER, new LifecycleEffect.ConfirmDead(process.address(), cause), RELEASE_PERMIT
    };
  }
}
