package dev.troupe.node.failure;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;

/**
 * Decides what becomes of an actor that throws, whatever it throws: Pekko stops an actor that
 * throws an assertion error, and takes a missing class for the end of the JVM.
 *
 * @param <O> the type of all messages of the actor
 * @param <I> of those that it is given
 */
public abstract class FailureInterceptor<O, I> extends BehaviorInterceptor<O, I> {
  protected FailureInterceptor(Class<O> messages) {
    super(messages);
  }

  /** Gives a message to the actor. */
  protected abstract Behavior<I> receive(
      TypedActorContext<O> context, O message, ReceiveTarget<I> target);

  /**
   * The actor has thrown {@code failure}.
   *
   * @return how it goes on, if this does not throw for its supervision to see
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
