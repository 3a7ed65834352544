package dev.troupe.node.dispatcher;

import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/**
 * Pekko's internal dispatcher. It also runs the actors between the wire and the service, because a
 * change of threads costs more than what these actors do. Services run on the default dispatcher,
 * so that a service that blocks its threads delays no other work of the node.
 */
public final class InternalDispatcher {
  /** For actors that neither block nor run the code of a service. */
  public static final Props PROPS = DispatcherSelector.fromConfig(InternalDispatcher.PATH);

  /** The path of its configuration. */
  public static final String PATH = "pekko.actor.internal-dispatcher";

  private InternalDispatcher() {}

  /** For stages that continue the work of an actor. */
  public static Executor of(ActorSystem<?> system) {
    return system.dispatchers().lookup(DispatcherSelector.fromConfig(PATH));
  }
}
