package dev.troupe.protocol.service;

import com.typesafe.config.Config;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** What a service can use of its node. */
public interface ServiceContext {
  /** The slot this process fills, like {@code UserService-1}. */
  String slot();

  /**
   * The service's own settings: the {@code settings} block beside its name in the configuration.
   */
  Config settings();

  /** For timers and streams of the service. */
  ActorSystem<?> system();

  /**
   * Starts an actor of the service. One that fails is restarted, after a pause that grows from 0.2
   * to 10 seconds; its messages wait meanwhile.
   *
   * @param name of the actor, that no other of this process has: letters, digits and {@code -_}
   */
  <M> ActorRef<M> spawn(Behavior<M> behavior, String name);

  /**
   * Runs blocking jobs on {@code blocking.threads} threads of the service. When {@code
   * blocking.max-queued} jobs wait, a further one is refused with {@link
   * java.util.concurrent.RejectedExecutionException}, which is answered with 503 if a handler
   * throws it.
   */
  Executor blocking();

  /**
   * Opens the service's store and brings its schema up to date. Troupe checks the store before the
   * service gets requests and every {@code check-interval} after that, and closes it. Blocks. When
   * a database server cannot be used now, Troupe tries again until it can. Until then the store is
   * unavailable, and its check says why.
   *
   * @param migrations class path folder of the service's Flyway migrations, like {@code
   *     db/greeter}; those that differ between engines are in its folders {@code sqlite} and {@code
   *     postgresql}
   * @throws IllegalStateException when it was called before: a service has one store
   * @throws Exception when the store cannot be opened or migrated, and a retry would not help
   */
  Storage storage(String migrations) throws Exception;

  /**
   * Publishes an event in the transaction of {@code sql}: it exists if that is committed.
   * Subscribers get it {@linkplain ServiceDefinition.Builder#onEvent at least once}.
   *
   * @param event of a kind that the definition {@linkplain ServiceDefinition.Builder#publishes
   *     publishes}
   * @throws IllegalArgumentException when it is of another kind, or larger than {@code
   *     background.max-event-size}
   */
  void publish(Sql sql, Record event) throws SQLException;

  /**
   * Runs a job again and again, on one instance of the service at a time. For the first time an
   * interval after the service first started with it; the time of the last run is in the store, so
   * that restarts neither repeat nor delay one. A run that a death of its process cut short is done
   * again. No run begins before the one before has ended. To be called in {@link Service#define}.
   *
   * @param job a name that no other job of the service has, for logs and the store
   * @param interval from the end of a run to the next, 100 ms at least
   */
  void every(String job, Duration interval, PeriodicJob work);

  /**
   * Calls an action of another service, wherever it runs, and gives up at the caller's deadline.
   *
   * @param service the service's name, like {@code UserService}
   * @param action the action as that service states it, or as much of it as the caller reads
   * @param caller the context of the request that causes the call, or {@link CallContext#within}
   * @return the outcome; a lost or late call is a {@link Outcome.Refused}, and the stage never
   *     fails
   */
  <I extends Record, O extends Record> OutcomeStage<O> call(
      String service, Action<I, O> action, I input, CallContext caller);
}
