package dev.troupe.node.shutdown;

import dev.troupe.node.failure.FailureInterceptor;
import dev.troupe.node.failure.Failures;
import dev.troupe.protocol.launch.NodeExit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the node with an exit code of failure when its guardian fails. Pekko alone would end the
 * node with exit code 0.
 */
public final class ShutdownOnFailure<T> extends FailureInterceptor<T, T> {
  private static final Logger log = LoggerFactory.getLogger(ShutdownOnFailure.class);

  public ShutdownOnFailure(Class<T> messages) {
    super(messages);
  }

  @Override
  public Behavior<T> aroundStart(TypedActorContext<T> context, PreStartTarget<T> target) {
    try {
      return target.start(context);
    } catch (RuntimeException e) {
      end(context, NodeExit.START_FAILED, e);
      throw e;
    }
  }

  @Override
  protected Behavior<T> receive(TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
    return target.apply(context, message);
  }

  @Override
  protected Behavior<T> failed(TypedActorContext<T> context, Throwable failure) {
    end(context, NodeExit.ESSENTIAL_ACTOR_LOST, Failures.supervised(failure));
    // The guardian goes on, because it has a part in the ordered shutdown.
    return Behaviors.same();
  }

  private static void end(TypedActorContext<?> context, NodeExit exit, RuntimeException failure) {
    ActorSystem<?> system = context.asJava().getSystem();
    log.error("the guardian of the node failed", failure);
    NodeShutdown.begin(system, exit, "the guardian failed: " + Failures.text(failure));
  }
}
