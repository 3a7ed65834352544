package dev.troupe.node.registry;

import dev.troupe.protocol.registry.DataRequest;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Takes the questions what this node holds of Distributed Data, which its registry answers. */
public final class DataReporter {
  private static final String NAME = "data";

  private DataReporter() {}

  /** The name of the actor: {@link #of} finds the actor of each node by it. */
  public static String name() {
    return NAME;
  }

  /**
   * The reporter of another node, or of this one.
   *
   * @param address of the node, as a member of the cluster has it
   */
  public static ActorRef<DataRequest> of(String address, ActorSystem<?> system) {
    return ActorRefResolver.get(system).resolveActorRef(address + "/user/" + NAME);
  }

  /**
   * @param slot of this node
   */
  public static Behavior<DataRequest> create(
      String slot, ActorRef<RegistryActor.Command> registry) {
    return Behaviors.receive(DataRequest.class)
        .onMessage(
            DataRequest.class,
            request -> {
              registry.tell(new RegistryActor.Tell(slot, request));
              return Behaviors.same();
            })
        .build();
  }
}
