package dev.troupe.seed.slot;

import static dev.troupe.seed.slot.Transition.Act.CANCEL_TIMER;
import static dev.troupe.seed.slot.Transition.Act.DUMP_THREADS;
import static dev.troupe.seed.slot.Transition.Act.KILL;
import static dev.troupe.seed.slot.Transition.Act.RELEASE_PERMIT;
import static dev.troupe.seed.slot.Transition.Act.TERMINATE;

import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.seed.slot.InstanceObservation.Instance;
import dev.troupe.seed.slot.LifecycleEvent.Order;
import dev.troupe.seed.slot.LifecycleState.Alive;
import dev.troupe.seed.slot.LifecycleState.StopStage;
import dev.troupe.seed.slot.LifecycleState.Stopping;
import dev.troupe.seed.slot.LifecycleState.Then;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows each event but the exit while a slot has a process: whether the process
 * becomes ready in time, stays healthy, and ends when it is told to.
 */
final class ProcessLifecycle {
  /** The longest time that a thread dump may take. */
  static final Duration DUMP_TIMEOUT = Duration.ofSeconds(5);

  private final SlotSpec spec;
  private final HealthPolicy healthPolicy;

  ProcessLifecycle(SlotSpec spec) {
    this.spec = spec;
    this.healthPolicy = new HealthPolicy(spec.health().heartbeatTimeout());
  }

  /**
   * @param state a state with a process
   * @param now by the ticker
   */
  Transition next(LifecycleState state, LifecycleEvent event, Duration now) {
    if (state instanceof Stopping stopping) {
      return stopping(stopping, event);
    }
    if (state instanceof LifecycleState.Retiring retiring) {
      return retiring(retiring, event);
    }
    return alive((Alive) state, event, now);
  }

  private Transition alive(Alive state, LifecycleEvent event, Duration now) {
    if (event instanceof Order order) {
      return ordered(state, order);
    }
    if (event instanceof LifecycleEvent.Observed observed) {
      return observed(state, observed.observation(), now);
    }
    if (state instanceof LifecycleState.Dumping dumping) {
      return dumping(dumping, event);
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      return timedOut(state);
    }
    return Transition.to(state);
  }

  Transition stopByOrder(Alive state, Then then) {
    return stop(state, StopReason.ByOrder.INSTANCE, null, then);
  }

  Transition retire(Alive state) {
    return Transition.to(
        new LifecycleState.Retiring(state.history(), state.process(), StopStage.TERM_SENT),
        TERMINATE,
        new Transition.StartTimer(spec.drainAndGrace()));
  }

  private Transition ordered(Alive state, Order order) {
    return switch (order) {
      case START -> Transition.to(state);
      case STOP -> stopByOrder(state, Then.REST);
      case RESTART -> stopByOrder(state, Then.LAUNCH);
      case RETIRE -> retire(state);
    };
  }

  private Transition observed(Alive state, InstanceObservation seen, Duration now) {
    Instance instance =
        seen.instance()
            .filter(known -> known.generation() == state.process().generation())
            .orElse(null);
    if (state instanceof LifecycleState.Adopted) {
      // The first observation proves that this node is in the cluster and can judge the process.
      LifecycleState.Starting starting =
          new LifecycleState.Starting(state.history(), state.process());
      return starting(starting, seen.memberUp(), instance, now)
          .after(new Transition.StartTimer(spec.startTimeout()));
    }
    if (state instanceof LifecycleState.Starting || state instanceof LifecycleState.Joining) {
      return starting(state, seen.memberUp(), instance, now);
    }
    if (instance == null || state instanceof LifecycleState.Dumping) {
      return Transition.to(state);
    }
    return switch (healthPolicy.judge(instance)) {
      case HUNG -> giveUp(state, new StopReason.Silent(instance.silence(), report(instance)));
      case UNWELL -> Transition.to(unhealthy(state, instance));
      case HEALTHY -> healthy(state, instance, now);
    };
  }

  private static @Nullable String report(Instance instance) {
    return instance.state() == InstanceState.UNHEALTHY ? instance.reason() : null;
  }

  private Transition starting(
      Alive state, boolean memberUp, @Nullable Instance instance, Duration now) {
    if (!memberUp) {
      return Transition.to(state);
    }
    if (instance != null && instance.state() == InstanceState.READY) {
      return ready(state, now);
    }
    // The instance says what it waits for. Another process in its place would wait for the same.
    if (instance != null && instance.state() == InstanceState.UNHEALTHY) {
      return Transition.to(unhealthy(state, instance), RELEASE_PERMIT);
    }
    return state instanceof LifecycleState.Joining
        ? Transition.to(state)
        : Transition.to(
            new LifecycleState.Joining(state.history(), state.process()), RELEASE_PERMIT);
  }

  private static Transition ready(Alive state, Duration now) {
    return Transition.to(
        new LifecycleState.Running(state.history(), state.process().ready(now)),
        CANCEL_TIMER,
        RELEASE_PERMIT);
  }

  private static Alive unhealthy(Alive state, Instance instance) {
    boolean late = state instanceof LifecycleState.Unhealthy before && before.late();
    return new LifecycleState.Unhealthy(
        state.history(),
        state.process(),
        Objects.requireNonNullElse(instance.reason(), "says it is unhealthy"),
        late);
  }

  private static Transition healthy(Alive state, Instance instance, Duration now) {
    if (!(state instanceof LifecycleState.Unhealthy)) {
      return Transition.to(state);
    }
    if (state.process().readyAt() != null) {
      return Transition.to(new LifecycleState.Running(state.history(), state.process()));
    }
    return instance.state() == InstanceState.READY ? ready(state, now) : Transition.to(state);
  }

  private Transition timedOut(Alive state) {
    if (state instanceof LifecycleState.Unhealthy unhealthy) {
      return Transition.to(
          new LifecycleState.Unhealthy(state.history(), state.process(), unhealthy.report(), true));
    }
    if (state instanceof LifecycleState.Starting || state instanceof LifecycleState.Joining) {
      return giveUp(
          state, new StopReason.NotReadyInTime(spec.startTimeout(), state.process().isAdopted()));
    }
    return Transition.to(state);
  }

  private static Transition giveUp(Alive state, StopReason.Failure failure) {
    return Transition.to(
        new LifecycleState.Dumping(state.history(), state.process(), failure),
        DUMP_THREADS,
        new Transition.StartTimer(DUMP_TIMEOUT));
  }

  private Transition dumping(LifecycleState.Dumping state, LifecycleEvent event) {
    if (event instanceof LifecycleEvent.ThreadsDumped dumped
        && dumped.generation() == state.process().generation()) {
      return stop(state, state.failure(), dumped.whyNot().orElse(null), Then.DECIDE);
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      String noDump = "no thread dump within %d s".formatted(DUMP_TIMEOUT.toSeconds());
      return stop(state, state.failure(), noDump, Then.DECIDE);
    }
    return Transition.to(state);
  }

  private Transition stop(Alive state, StopReason reason, @Nullable String noDump, Then then) {
    // A process that hangs does not drain, so it gets only the grace period.
    Duration patience =
        reason instanceof StopReason.Failure ? spec.stop().grace() : spec.drainAndGrace();
    return Transition.to(
        new Stopping(state.history(), state.process(), reason, noDump, then, StopStage.TERM_SENT),
        TERMINATE,
        new Transition.StartTimer(patience));
  }

  private static Transition stopping(Stopping state, LifecycleEvent event) {
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

  private static Stopping stopping(Stopping state, Then then, StopStage stage) {
    return new Stopping(
        state.history(), state.process(), state.reason(), state.noDump(), then, stage);
  }

  private static Transition retiring(LifecycleState.Retiring state, LifecycleEvent event) {
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

  private static Transition kill(LifecycleState state) {
    return Transition.to(state, KILL, new Transition.StartTimer(SlotSpec.KILL_TIMEOUT));
  }

  private static StopStage afterKill(StopStage stage) {
    return stage == StopStage.TERM_SENT ? StopStage.KILL_SENT : StopStage.KILL_IGNORED;
  }
}
