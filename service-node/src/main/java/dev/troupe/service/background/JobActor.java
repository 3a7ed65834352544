package dev.troupe.service.background;

import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.PeriodicJob;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the runs of one periodic job: one at a time, an interval after the end of the last. */
final class JobActor extends AbstractBehavior<JobActor.Command> {
  private static final Logger log = LoggerFactory.getLogger(JobActor.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);

  sealed interface Command {}

  private record Scheduled(Duration pause) implements Command {}

  private enum Due implements Command {
    INSTANCE
  }

  private enum StillRunning implements Command {
    INSTANCE
  }

  private enum Ended implements Command {
    INSTANCE
  }

  private record NotScheduled(boolean ran, Throwable cause) implements Command {}

  private record Schedule(boolean ran) implements Command {}

  private final TimerScheduler<Command> timers;
  private final String slot;
  private final Storage storage;
  private final Job job;

  /** A job that a service has defined. */
  record Job(String name, Duration interval, PeriodicJob work) {
    /** Runs the job once; the stage fails if the run does. */
    CompletionStage<?> run(CallContext call) {
      try {
        return work.run(call);
      } catch (Throwable e) {
        // Errors too: a missing class is as much a fault of this one run as an exception.
        return CompletableFuture.failedStage(e);
      }
    }

    /** How long a run should take at most. */
    Duration limit() {
      return interval.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : interval;
    }
  }

  static Behavior<Command> create(String slot, Storage storage, Job job) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new JobActor(context, timers, slot, storage, job)));
  }

  private JobActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String slot,
      Storage storage,
      Job job) {
    super(context);
    this.timers = timers;
    this.slot = slot;
    this.storage = storage;
    this.job = job;
    context.getSelf().tell(new Schedule(false));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Schedule.class, this::onSchedule)
        .onMessage(Scheduled.class, this::onScheduled)
        .onMessage(NotScheduled.class, this::onNotScheduled)
        .onMessageEquals(Due.INSTANCE, this::onDue)
        .onMessageEquals(StillRunning.INSTANCE, this::onStillRunning)
        .onMessageEquals(Ended.INSTANCE, this::onEnded)
        .build();
  }

  private Behavior<Command> onSchedule(Schedule schedule) {
    boolean ran = schedule.ran();
    getContext()
        .pipeToSelf(
            storage.write(sql -> pause(sql, ran, Instant.now())),
            (pause, failure) ->
                failure == null ? new Scheduled(pause) : new NotScheduled(ran, failure));
    return this;
  }

  private Behavior<Command> onNotScheduled(NotScheduled failed) {
    if (!NodeShutdown.hasBegun(getContext().getSystem())) {
      log.warn("[{}] cannot schedule the job {}: {}", slot, job.name(), failed.cause().toString());
    }
    timers.startSingleTimer(new Schedule(failed.ran()), PAUSE_AFTER_FAILURE);
    return this;
  }

  /**
   * @param ran whether a run has just ended
   */
  private Duration pause(Sql sql, boolean ran, Instant now) throws SQLException {
    sql.update(
        "INSERT INTO troupe_jobs (job, ran_at) VALUES (?, ?) ON CONFLICT (job) "
            + (ran ? "DO UPDATE SET ran_at = excluded.ran_at" : "DO NOTHING"),
        job.name(),
        now);
    long ranAt =
        sql.one(row -> row.getLong(1), "SELECT ran_at FROM troupe_jobs WHERE job = ?", job.name());
    return pause(Instant.ofEpochMilli(ranAt), now, job.interval());
  }

  /** Until the next run; a clock that was set back does not make it longer than the interval. */
  static Duration pause(Instant ranAt, Instant now, Duration interval) {
    Duration left = Duration.between(now, ranAt.plus(interval));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(interval) < 0 ? left : interval;
  }

  private Behavior<Command> onScheduled(Scheduled scheduled) {
    timers.startSingleTimer(Due.INSTANCE, scheduled.pause());
    return this;
  }

  private Behavior<Command> onDue() {
    timers.startTimerWithFixedDelay(StillRunning.INSTANCE, job.limit());
    getContext()
        .pipeToSelf(
            job.run(CallContext.within(job.limit())),
            (done, failure) -> {
              if (failure != null) {
                log.error("[{}] the job {} failed", slot, job.name(), failure);
              }
              return Ended.INSTANCE;
            });
    return this;
  }

  private Behavior<Command> onStillRunning() {
    log.warn(
        "[{}] the job {} still runs after {} s, and does not begin again before it ends",
        slot,
        job.name(),
        job.limit().toSeconds());
    return this;
  }

  private Behavior<Command> onEnded() {
    timers.cancel(StillRunning.INSTANCE);
    getContext().getSelf().tell(new Schedule(true));
    return this;
  }
}
