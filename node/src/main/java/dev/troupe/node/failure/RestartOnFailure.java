package dev.troupe.node.failure;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Supervision that restarts an actor after any failure, errors included. */
public final class RestartOnFailure {
  private RestartOnFailure() {}

  /**
   * @param messages the type of the messages of the actor
   */
  public static <T> Behavior<T> afterAnyFailure(Class<T> messages, Behavior<T> behavior) {
    return Behaviors.supervise(
            Behaviors.intercept(() -> new ErrorsAreFailures<>(messages), behavior))
        .onFailure(RuntimeException.class, SupervisorStrategy.restart());
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
