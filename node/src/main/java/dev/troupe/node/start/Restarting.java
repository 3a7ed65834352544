package dev.troupe.node.start;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The supervision of actors that begin anew after whatever they fail at, errors included: Pekko
 * stops an actor that throws an assertion error, and takes a missing class for the end of the JVM.
 */
public final class Restarting {
  private Restarting() {}

  /**
   * @param messages the type of all its messages
   */
  public static <T> Behavior<T> afterAnyFailure(Class<T> messages, Behavior<T> behavior) {
    return Behaviors.supervise(
            Behaviors.intercept(() -> new ErrorsAreFailures<>(messages), behavior))
        .onFailure(RuntimeException.class, SupervisorStrategy.restart());
  }

  private static final class ErrorsAreFailures<T> extends BehaviorInterceptor<T, T> {
    private ErrorsAreFailures(Class<T> messages) {
      super(messages);
    }

    @Override
    public Behavior<T> aroundReceive(
        TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
      try {
        return target.apply(context, message);
      } catch (Throwable failure) {
        throw Failures.supervised(failure);
      }
    }

    @Override
    public Behavior<T> aroundSignal(
        TypedActorContext<T> context, Signal signal, SignalTarget<T> target) {
      try {
        return target.apply(context, signal);
      } catch (Throwable failure) {
        throw Failures.supervised(failure);
      }
    }
  }
}
