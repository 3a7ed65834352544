package dev.troupe.node.death;

import dev.troupe.node.registry.HeardNodes;
import dev.troupe.node.registry.RegistryActor;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.DeathNotice;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Passes notices of dead nodes to the registry and the failure detectors of this node. */
public final class DeathNoticeReceiver {
  private static final String NAME = "death-notices";
  private static final String PATH = "/user/" + NAME;

  private DeathNoticeReceiver() {}

  /** The name of the actor: {@link #publish} finds the actor of each node by it. */
  public static String name() {
    return NAME;
  }

  /**
   * Receives each {@link DeathNotice} that the seed node sends to this node.
   *
   * @param registry is told of each instance that is confirmed dead
   */
  public static Behavior<DeathNotice> create(ActorRef<RegistryActor.Command> registry) {
    return Behaviors.setup(
        context -> {
          Cluster cluster = Cluster.get(context.getSystem());
          String self = cluster.selfMember().address().toString();
          cluster
              .subscriptions()
              .tell(
                  Subscribe.create(
                      context.spawn(forgetting(), "later-processes"),
                      ClusterEvent.MemberEvent.class));
          return Behaviors.receive(DeathNotice.class)
              .onMessage(DeathNotice.class, notice -> onNotice(notice, self, registry))
              .build();
        });
  }

  // Every node adds the address, because the failure detector of any node may monitor the dead one.
  private static Behavior<DeathNotice> onNotice(
      DeathNotice notice, String self, ActorRef<RegistryActor.Command> registry) {
    if (!notice.address().equals(self)) {
      ConfirmedDeadNodes.add(notice.address());
      registry.tell(new RegistryActor.Died(notice.address(), notice.cause()));
    }
    return Behaviors.same();
  }

  // A new process may get the address of a dead one.
  private static Behavior<ClusterEvent.MemberEvent> forgetting() {
    return Behaviors.receive(ClusterEvent.MemberEvent.class)
        .onMessage(ClusterEvent.MemberJoined.class, DeathNoticeReceiver::onJoined)
        .onMessage(ClusterEvent.MemberUp.class, DeathNoticeReceiver::forget)
        .onMessage(ClusterEvent.MemberRemoved.class, DeathNoticeReceiver::forget)
        .build();
  }

  private static Behavior<ClusterEvent.MemberEvent> onJoined(ClusterEvent.MemberJoined event) {
    String address = event.member().address().toString();
    ConfirmedDeadNodes.joined(address, System.nanoTime());
    HeardNodes.forget(address);
    return Behaviors.same();
  }

  private static Behavior<ClusterEvent.MemberEvent> forget(ClusterEvent.MemberEvent event) {
    String address = event.member().address().toString();
    ConfirmedDeadNodes.forget(address);
    HeardNodes.forget(address);
    return Behaviors.same();
  }

  /**
   * Tells every other member, this node included, that the process at {@code address} has exited.
   */
  public static void publish(String address, DeathCause cause, ActorSystem<?> system) {
    Cluster.get(system)
        .state()
        .getMembers()
        .forEach(
            member -> {
              String at = member.address().toString();
              if (!at.equals(address)) {
                ActorSelection there = Adapter.toClassic(system).actorSelection(at + PATH);
                there.tell(
                    new DeathNotice(address, cause), org.apache.pekko.actor.ActorRef.noSender());
              }
            });
  }
}
