package dev.troupe.node.failure;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;

/**
 * Decides what happens to an actor that throws anything. Pekko alone stops an actor that throws an
 * assertion error, and ends the JVM when a class is missing.
 *
 * @param <O> the type of the messages that are sent to the actor
 * @param <I> the type of the messages that the intercepted behavior gets
 */
public abstract class FailureInterceptor<O, I> extends BehaviorInterceptor<O, I> {
  protected FailureInterceptor(Class<O> messages) {
    super(messages);
  }

  /** Gives a message to the actor. */
  protected abstract Behavior<I> receive(
      TypedActorContext<O> context, O message, ReceiveTarget<I> target);

  /**
   * Handles what the actor has thrown; may throw an exception for its supervision.
   *
   * @return the next behavior of the actor
   */
  protected abstract Behavior<I> failed(TypedActorContext<O> context, Throwable failure);

  @Override
  public final Behavior<I> aroundReceive(
      TypedActorContext<O> context, O message, ReceiveTarget<I> target) {
    try {
      return receive(context, message, target);
    } catch (Throwable failure) {
      return failed(context, failure);
    }
  }

  @Override
  public final Behavior<I> aroundSignal(
      TypedActorContext<O> context, Signal signal, SignalTarget<I> target) {
    try {
      return target.apply(context, signal);
    } catch (Throwable failure) {
      return failed(context, failure);
    }
  }
}
