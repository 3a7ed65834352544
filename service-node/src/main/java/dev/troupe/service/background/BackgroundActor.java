package dev.troupe.service.background;

import dev.troupe.node.failure.RestartOnFailure;
import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.BackgroundSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the background work of one instance: its workers run while the instance holds the lease of
 * its service.
 */
final class BackgroundActor extends AbstractBehavior<BackgroundActor.Command> {
  private static final Logger log = LoggerFactory.getLogger(BackgroundActor.class);
  private static final int BEATS_PER_LEASE = 4;

  sealed interface Command {}

  private enum Beat implements Command {
    INSTANCE
  }

  private record Stepped(Runnable outcome) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  /**
   * Ends the background work for good.
   *
   * @param released completes when another instance can take the lease
   */
  record Release(CompletableFuture<Void> released) implements Command {}

  private final TimerScheduler<Command> timers;
  private final String slot;
  private final Storage storage;
  private final Map<String, Behavior<?>> workers;
  private final Duration beat;
  private final Lease lease;
  private final List<ActorRef<?>> running = new ArrayList<>();
  private boolean busy;
  private boolean failing;

  /**
   * @param workers by the names of their actors
   */
  static Behavior<Command> create(
      String slot, Storage storage, BackgroundSettings settings, Map<String, Behavior<?>> workers) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new BackgroundActor(context, timers, slot, storage, settings, workers)));
  }

  private BackgroundActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String slot,
      Storage storage,
      BackgroundSettings settings,
      Map<String, Behavior<?>> workers) {
    super(context);
    this.timers = timers;
    this.slot = slot;
    this.storage = storage;
    this.workers = workers;
    this.beat = settings.lease().dividedBy(BEATS_PER_LEASE);
    this.lease = new Lease(slot, settings.lease());
    timers.startTimerWithFixedDelay(Beat.INSTANCE, Duration.ZERO, beat);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Beat.INSTANCE, this::onBeat)
        .onMessage(Stepped.class, this::onStepped)
        .onMessage(Failed.class, this::onFailed)
        .onMessage(Release.class, this::onRelease)
        .build();
  }

  private Behavior<Command> onBeat() {
    lease.expire(System.nanoTime());
    runIfHeld();
    if (busy) {
      return this;
    }
    busy = true;
    getContext()
        .pipeToSelf(
            storage.write(sql -> lease.step(sql, System.nanoTime())),
            (outcome, failure) -> failure == null ? new Stepped(outcome) : new Failed(failure));
    return this;
  }

  private Behavior<Command> onStepped(Stepped stepped) {
    busy = false;
    if (failing) {
      failing = false;
      log.info("[{}] the lease of the background work can be renewed again", slot);
    }
    stepped.outcome().run();
    runIfHeld();
    return this;
  }

  private Behavior<Command> onFailed(Failed failed) {
    busy = false;
    if (!failing && !NodeShutdown.hasBegun(getContext().getSystem())) {
      failing = true;
      log.warn(
          "[{}] the lease of the background work was not renewed, trying again: {}",
          slot,
          failed.cause().toString());
    }
    return this;
  }

  private void runIfHeld() {
    if (lease.isHeld() && running.isEmpty()) {
      log.info("[{}] does the background work of its service: {}", slot, workers.keySet());
      workers.forEach(
          (name, worker) ->
              running.add(getContext().spawn(RestartOnFailure.afterPause(worker), name)));
    } else if (!lease.isHeld() && !running.isEmpty()) {
      log.info("[{}] another instance does the background work", slot);
      stopWorkers();
    }
  }

  private void stopWorkers() {
    running.forEach(worker -> getContext().stop(worker));
    running.clear();
  }

  private Behavior<Command> onRelease(Release release) {
    timers.cancelAll();
    stopWorkers();
    storage
        .write(
            sql -> {
              EventInbox.letGo(sql);
              Lease.release(sql, slot);
              return true;
            })
        .whenComplete((done, failure) -> release.released().complete(null));
    return Behaviors.stopped();
  }
}
