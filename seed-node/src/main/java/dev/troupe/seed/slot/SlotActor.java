package dev.troupe.seed.slot;

import dev.troupe.seed.process.Exit;
import dev.troupe.seed.process.RunningProcess;
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
 * Owns the one process that a slot may have. {@link SlotLifecycle} decides; this actor performs the
 * effects and tells the watcher each new state. The actor stops once the slot is retired.
 */
public final class SlotActor extends AbstractBehavior<SlotActor.Command> {
  /** What a slot can be told. */
  public sealed interface Command permits LifecycleEvent, PermitDone, SpawnDone {}

  private record PermitDone(LaunchPermits.Permit permit) implements Command {}

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
  private SlotSnapshot snapshot;
  private @Nullable RunningProcess process;
  private LaunchPermits.@Nullable Permit permit;
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
    this.snapshot = SlotSnapshot.first(spec, first, environment.clock().instant());
    watcher.tell(snapshot);
  }

  /**
   * A slot that waits for its first start.
   *
   * @param lastGeneration of earlier launches, 0 if there were none
   * @param watcher gets each new state
   */
  public static Behavior<Command> create(
      SlotSpec spec,
      int lastGeneration,
      SlotEnvironment environment,
      ActorRef<SlotSnapshot> watcher) {
    LifecycleState first = new LifecycleState.Pending(LaunchHistory.of(lastGeneration));
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SlotActor(context, timers, spec, environment, watcher, first)));
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
                  LifecycleState first =
                      new LifecycleState.Adopted(
                          LaunchHistory.of(generation),
                          SlotProcess.adopted(generation, process, environment.ticker().now()));
                  SlotActor slot =
                      new SlotActor(context, timers, spec, environment, watcher, first);
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
      // The launch was abandoned, and its process is being killed.
      return this;
    }
    spawn = null;
    int generation = generation();
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
    LifecycleState before = snapshot.state();
    Transition transition = lifecycle.next(before, event, environment.ticker().now());
    LifecycleState next = transition.state();
    if (!next.equals(before)) {
      snapshot = snapshot.next(next, environment.clock().instant());
    }
    transition.effects().forEach(this::perform);
    if (!next.equals(before)) {
      TransitionLogger.log(spec, before, next, getContext().getLog());
      watcher.tell(snapshot);
    }
    return next instanceof LifecycleState.Retired ? Behaviors.stopped() : this;
  }

  private Behavior<Command> onPostStop() {
    releasePermit();
    abandonSpawn();
    return this;
  }

  private void perform(Transition.Effect effect) {
    if (effect instanceof Transition.StartTimer timer) {
      timers.startSingleTimer(TIMER, LifecycleEvent.TimedOut.INSTANCE, timer.delay());
    } else if (effect instanceof Transition.ConfirmDead dead) {
      process = null;
      environment.cluster().confirmDead(dead.address(), dead.cause());
    } else {
      perform((Transition.Act) effect);
    }
  }

  private void perform(Transition.Act act) {
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
    LaunchPermits.Permit requested = environment.permits().request(spec.service());
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
    int generation = generation();
    Ticker ticker = environment.ticker();
    CompletionStage<RunningProcess> started =
        environment.launcher().launch(spec.slot(), spec.service(), generation);
    spawn = started;
    // SlotProcess.launched reads /proc, which must not block this actor's thread.
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

  private int generation() {
    return snapshot.state().history().generation();
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
    int generation = generation();
    getContext()
        .pipeToSelf(
            Objects.requireNonNull(process).dumpThreads(),
            (whyNot, failure) ->
                new LifecycleEvent.ThreadsDumped(
                    generation,
                    failure == null ? whyNot : Optional.of(String.valueOf(failure.getMessage()))));
  }
}
