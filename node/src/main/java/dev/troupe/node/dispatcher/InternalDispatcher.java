package dev.troupe.node.dispatcher;

import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/**
 * Pekko's own dispatcher, on which a message also finds its way from the wire to the service and
 * back: each change of threads in between costs more than what is done there. Services run on the
 * default dispatcher, so that one that blocks its threads holds up nobody else.
 */
public final class InternalDispatcher {
  /** Of an actor that neither blocks nor runs a service's code. */
  public static final Props PROPS = DispatcherSelector.fromConfig(InternalDispatcher.PATH);

  /** The path of its configuration. */
  public static final String PATH = "pekko.actor.internal-dispatcher";

  private InternalDispatcher() {}

  /** For what is no actor and goes on from where one left off. */
  public static Executor of(ActorSystem<?> system) {
    return system.dispatchers().lookup(DispatcherSelector.fromConfig(PATH));
  }
}
