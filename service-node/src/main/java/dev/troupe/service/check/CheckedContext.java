package dev.troupe.service.check;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.PeriodicJob;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.ServiceSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * A context in which a service can say what it is, and do nothing: its store is never opened, its
 * jobs never run.
 */
final class CheckedContext implements ServiceContext {
  private final ServiceSettings service;
  private final ClassLoader loader;
  private @Nullable ActorSystem<Void> system;
  private volatile boolean used;

  CheckedContext(ServiceSettings service, ClassLoader loader) {
    this.service = service;
    this.loader = loader;
  }

  /**
   * Whether the service has asked for more than a description needs. A failure after that says
   * nothing of what the service does in a cluster.
   */
  boolean isUsed() {
    return used;
  }

  @Override
  public String slot() {
    return service.name() + "-1";
  }

  @Override
  public Config settings() {
    return service.settings();
  }

  @Override
  public ActorSystem<?> system() {
    ActorSystem<Void> made = system;
    if (made == null) {
      made =
          ActorSystem.create(
              Behaviors.empty(),
              "check",
              ConfigFactory.parseMap(
                      Map.of("pekko.actor.provider", "local", "pekko.loglevel", "WARNING"))
                  .withFallback(ConfigFactory.defaultReference(getClass().getClassLoader())));
      system = made;
    }
    return made;
  }

  @Override
  public <M> ActorRef<M> spawn(Behavior<M> behavior, String name) {
    return system().ignoreRef();
  }

  @Override
  public Executor blocking() {
    return job -> {
      used = true;
      throw new RejectedExecutionException("a service that is only checked runs no jobs");
    };
  }

  @Override
  public Storage storage(String migrations) {
    if (loader.getResource(migrations) == null) {
      throw new IllegalStateException(
          "there are no migrations: no jar of the service has the folder " + migrations);
    }
    return new UnopenedStorage(() -> used = true);
  }

  @Override
  public void publish(Sql sql, Record event) {
    used = true;
  }

  @Override
  public void every(String job, Duration interval, PeriodicJob work) {
    // Only a hosted service runs jobs.
  }

  @Override
  public <I extends Record, O extends Record> OutcomeStage<O> call(
      String called, Action<I, O> action, I input, CallContext caller) {
    used = true;
    return OutcomeStage.of(
        CompletableFuture.completedStage(
            Outcome.refused(
                ReplyStatus.UNAVAILABLE, "a service that is only checked calls no other")));
  }
}
