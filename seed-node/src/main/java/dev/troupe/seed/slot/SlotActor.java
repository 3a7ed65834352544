package dev.troupe.seed.slot;

import dev.troupe.seed.process.Exit;
import dev.troupe.seed.process.RunningProcess;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns the one process that may fill a slot. {@link SlotLifecycle} decides; this actor does what it
 * decides and tells the watcher each new state. It stops once the slot is retired.
 */
public final class SlotActor extends AbstractBehavior<SlotActor.Command> {
  /** What a slot can be told. */
  public sealed interface Command permits LifecycleEvent, PermitDone, SpawnDone {}

  private record PermitDone(LaunchPermit permit) implements Command {}

  private record SpawnDone(
      CompletionStage<RunningProcess> spawn,
      @Nullable RunningProcess handle,
      @Nullable SlotProcess process,
      @Nullable Throwable failure)
      implements Command {}

  private record Handle(RunningProcess handle, SlotProcess process) {}

  private static final String TIMER = "life";

  private final TimerScheduler<Command> timers;
  private final SlotSpec spec;
  private final SlotEnvironment environment;
  private final ActorRef<SlotSnapshot> watcher;
  private final SlotLifecycle lifecycle;
  private LifecycleState state;
  private Instant shownSince;
  private @Nullable RunningProcess process;
  private @Nullable LaunchPermit permit;
  private @Nullable CompletionStage<RunningProcess> spawn;

  private SlotActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SlotSpec spec,
      SlotEnvironment environment,
      ActorRef<SlotSnapshot> watcher,
      LifecycleState first) {
    super(context);
    this.timers = timers;
    this.spec = spec;
    this.environment = environment;
    this.watcher = watcher;
    this.lifecycle = new SlotLifecycle(spec, () -> ThreadLocalRandom.current().nextDouble());
    this.state = first;
    this.shownSince = ShownSince.first(first, environment.clock().instant());
    report(environment.clock().instant());
  }

  /**
   * A slot that waits for its start.
   *
   * @param lastGeneration of earlier launches, 0 if there were none
   * @param watcher is told each new state
   */
  public static Behavior<Command> create(
      SlotSpec spec,
      int lastGeneration,
      SlotEnvironment environment,
      ActorRef<SlotSnapshot> watcher) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SlotActor(
                        context,
                        timers,
                        spec,
                        environment,
                        watcher,
                        new LifecycleState.Pending(LaunchHistory.of(lastGeneration)))));
  }

  /** A slot whose process was launched by an earlier seed node. */
  public static Behavior<Command> adopt(
      SlotSpec spec,
      int generation,
      RunningProcess process,
      SlotEnvironment environment,
      ActorRef<SlotSnapshot> watcher) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  SlotProcess found =
                      SlotProcess.adopted(generation, process, environment.ticker().now());
                  SlotActor slot =
                      new SlotActor(
                          context,
                          timers,
                          spec,
                          environment,
                          watcher,
                          new LifecycleState.Adopted(LaunchHistory.of(generation), found));
                  context.getLog().info("[{}] adopted, pid {}", spec.slot(), process.pid());
                  slot.supervise(process, generation);
                  return slot;
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(PermitDone.class, this::onPermitDone)
        .onMessage(SpawnDone.class, this::onSpawnDone)
        .onMessage(LifecycleEvent.class, this::onEvent)
        .onSignal(PostStop.class, stop -> onPostStop())
        .build();
  }

  private Behavior<Command> onPermitDone(PermitDone done) {
    return done.permit() == permit ? onEvent(LifecycleEvent.PermitGranted.INSTANCE) : this;
  }

  private Behavior<Command> onSpawnDone(SpawnDone done) {
    if (done.spawn() != spawn) {
      // It was abandoned, and its process is being ended.
      return this;
    }
    spawn = null;
    int generation = state.history().generation();
    if (done.handle() == null || done.process() == null) {
      return onEvent(new LifecycleEvent.SpawnFailed(generation, cause(done.failure())));
    }
    supervise(done.handle(), generation);
    return onEvent(new LifecycleEvent.Spawned(done.process()));
  }

  private static String cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? "unknown cause" : String.valueOf(cause.getMessage());
  }

  private Behavior<Command> onEvent(LifecycleEvent event) {
    SlotLifecycle.Transition transition = lifecycle.next(state, event, environment.ticker().now());
    LifecycleState before = state;
    state = transition.state();
    transition.effects().forEach(this::perform);
    if (!state.equals(before)) {
      TransitionLog.log(spec, before, state, getContext().getLog());
      Instant now = environment.clock().instant();
      shownSince = ShownSince.next(before, shownSince, state, now);
      report(now);
    }
    return state instanceof LifecycleState.Retired ? Behaviors.stopped() : this;
  }

  private Behavior<Command> onPostStop() {
    releasePermit();
    abandonSpawn();
    return this;
  }

  private void perform(LifecycleEffect effect) {
    if (effect instanceof LifecycleEffect.StartTimer timer) {
      timers.startSingleTimer(TIMER, LifecycleEvent.TimedOut.INSTANCE, timer.delay());
    } else if (effect instanceof LifecycleEffect.ConfirmDead dead) {
      process = null;
      environment.cluster().confirmDead(dead.address(), dead.cause());
    } else {
      perform((LifecycleEffect.Act) effect);
    }
  }

  private void perform(LifecycleEffect.Act act) {
    switch (act) {
      case REQUEST_PERMIT -> requestPermit();
      case RELEASE_PERMIT -> releasePermit();
      case SPAWN -> spawn();
      case ABANDON_SPAWN -> abandonSpawn();
      case DUMP_THREADS -> dumpThreads();
      case TERMINATE -> Objects.requireNonNull(process).terminate();
      case KILL -> Objects.requireNonNull(process).kill();
      case CANCEL_TIMER -> timers.cancel(TIMER);
    }
  }

  private void requestPermit() {
    releasePermit();
    LaunchPermit requested = environment.permits().request(spec.service());
    permit = requested;
    getContext().pipeToSelf(requested.granted(), (nothing, failure) -> new PermitDone(requested));
  }

  private void releasePermit() {
    if (permit != null) {
      permit.release();
      permit = null;
    }
  }

  private void spawn() {
    int generation = state.history().generation();
    Ticker ticker = environment.ticker();
    CompletionStage<RunningProcess> started =
        environment.launcher().launch(spec.slot(), spec.service(), generation);
    spawn = started;
    // When a process was started is read from /proc: where it was launched, not on this thread.
    getContext()
        .pipeToSelf(
            started.thenApply(
                handle ->
                    new Handle(handle, SlotProcess.launched(generation, handle, ticker.now()))),
            (done, failure) ->
                done == null
                    ? new SpawnDone(started, null, null, failure)
                    : new SpawnDone(started, done.handle(), done.process(), null));
  }

  private void abandonSpawn() {
    if (spawn != null) {
      String slot = spec.slot();
      var log = getContext().getLog();
      spawn.whenComplete(
          (late, failure) -> {
            if (late != null) {
              log.warn("[{}] pid {} came too late and is ended", slot, late.pid());
              late.kill();
            }
          });
      spawn = null;
    }
  }

  private void supervise(RunningProcess started, int generation) {
    process = started;
    getContext()
        .pipeToSelf(
            started.onExit(),
            (exit, failure) ->
                new LifecycleEvent.Exited(
                    generation, exit == null ? new Exit(null, List.of()) : exit));
  }

  private void dumpThreads() {
    int generation = state.history().generation();
    getContext()
        .pipeToSelf(
            Objects.requireNonNull(process).dumpThreads(),
            (whyNot, failure) ->
                new LifecycleEvent.ThreadsDumped(
                    generation,
                    failure == null ? whyNot : Optional.of(String.valueOf(failure.getMessage()))));
  }

  private void report(Instant at) {
    watcher.tell(new SlotSnapshot(spec, state, shownSince, at));
  }
}
