package dev.troupe.seed;

import dev.troupe.node.shutdown.NodeShutdown;
import dev.troupe.protocol.launch.NodeExit;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Ends the seed node when one of the actors stops that it cannot work without. The processes go on;
 * the launcher starts another seed node, which adopts them.
 */
final class EssentialActorWatcher {
  private EssentialActorWatcher() {}

  /** Ends the node after one of the actors has stopped. */
  @FunctionalInterface
  interface End {
    void withReason(String detail);
  }

  static Behavior<Void> create(List<ActorRef<?>> essential) {
    return Behaviors.setup(
        context ->
            create(
                essential,
                detail ->
                    NodeShutdown.begin(
                        context.getSystem(), NodeExit.ESSENTIAL_ACTOR_LOST, detail)));
  }

  static Behavior<Void> create(List<ActorRef<?>> essential, End end) {
    return Behaviors.setup(
        context -> {
          essential.forEach(context::watch);
          return Behaviors.receive(Void.class)
              .onSignal(
                  Terminated.class,
                  lost -> {
                    String name = lost.getRef().path().name();
                    context.getLog().error("the actor '{}' of the seed node has stopped", name);
                    end.withReason(name);
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
