package dev.troupe.seed.slot;

import static dev.troupe.seed.slot.LifecycleEffect.Act.CANCEL_TIMER;
import static dev.troupe.seed.slot.LifecycleEffect.Act.DUMP_THREADS;
import static dev.troupe.seed.slot.LifecycleEffect.Act.RELEASE_PERMIT;
import static dev.troupe.seed.slot.LifecycleEffect.Act.TERMINATE;

import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.seed.slot.InstanceObservation.Instance;
import dev.troupe.seed.slot.LifecycleEvent.Order;
import dev.troupe.seed.slot.LifecycleState.Alive;
import dev.troupe.seed.slot.LifecycleState.StopStage;
import dev.troupe.seed.slot.LifecycleState.Stopping;
import dev.troupe.seed.slot.LifecycleState.Then;
import dev.troupe.seed.slot.SlotLifecycle.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a slot's life in which its process lives and is not being stopped. */
final class LiveSlot {
  private final SlotSpec spec;
  private final HealthPolicy healthPolicy;

  LiveSlot(SlotSpec spec) {
    this.spec = spec;
    this.healthPolicy = new HealthPolicy(spec.health().heartbeatTimeout());
  }

  Transition next(Alive state, LifecycleEvent event, Duration now) {
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
        new LifecycleEffect.StartTimer(spec.drainAndGrace()));
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
      // From now on this node is in the cluster, and sees whether the process is.
      LifecycleState.Starting starting =
          new LifecycleState.Starting(state.history(), state.process());
      Transition next = starting(starting, seen.memberUp(), instance, now);
      List<LifecycleEffect> effects = new ArrayList<>();
      effects.add(new LifecycleEffect.StartTimer(spec.startTimeout()));
      effects.addAll(next.effects());
      return new Transition(next.state(), effects);
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
    // It says what it waits for, and a process in its place would wait as well.
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
        new LifecycleEffect.StartTimer(SlotLifecycle.DUMP_TIMEOUT));
  }

  private Transition dumping(LifecycleState.Dumping state, LifecycleEvent event) {
    if (event instanceof LifecycleEvent.ThreadsDumped dumped
        && dumped.generation() == state.process().generation()) {
      return stop(state, state.failure(), dumped.whyNot().orElse(null), Then.DECIDE);
    }
    if (event == LifecycleEvent.TimedOut.INSTANCE) {
      String noDump =
          "no thread dump within %d s".formatted(SlotLifecycle.DUMP_TIMEOUT.toSeconds());
      return stop(state, state.failure(), noDump, Then.DECIDE);
    }
    return Transition.to(state);
  }

  private Transition stop(Alive state, StopReason reason, @Nullable String noDump, Then then) {
    // What hangs does not drain.
    Duration patience =
        reason instanceof StopReason.Failure ? spec.stop().grace() : spec.drainAndGrace();
    return Transition.to(
        new Stopping(state.history(), state.process(), reason, noDump, then, StopStage.TERM_SENT),
        TERMINATE,
        new LifecycleEffect.StartTimer(patience));
  }
}
