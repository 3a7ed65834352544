package dev.troupe.node.failure;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Supervision that restarts an actor after any failure, errors included, and a pause. */
public final class RestartOnFailure {
  private static final double JITTER = 0.2;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private RestartOnFailure() {}

  /** The same with pauses of 0.2 to 10 seconds, as for all actors of a service. */
  public static <T> Behavior<T> afterPause(Behavior<T> behavior) {
    return afterPause(behavior, SHORTEST_PAUSE, LONGEST_PAUSE);
  }

  /**
   * The messages of the actor wait during the pause.
   *
   * @param shortest pause, doubled with each failure that follows soon
   */
  @SuppressWarnings("unchecked") // the interceptor does not look at the messages
  public static <T> Behavior<T> afterPause(
      Behavior<T> behavior, Duration shortest, Duration longest) {
    return Behaviors.supervise(
            Behaviors.intercept(
                () -> new ErrorsAreFailures<>((Class<T>) (Class<?>) Object.class), behavior))
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(shortest, longest, JITTER));
  }

  private static final class ErrorsAreFailures<T> extends FailureInterceptor<T, T> {
    private ErrorsAreFailures(Class<T> messages) {
      super(messages);
    }

    @Override
    protected Behavior<T> receive(
        TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
      return target.apply(context, message);
    }

    @Override
    protected Behavior<T> failed(TypedActorContext<T> context, Throwable failure) {
      throw Failures.supervised(failure);
    }
  }
}
