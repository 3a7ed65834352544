package dev.troupe.seed.supervisor;

import dev.troupe.node.death.ConfirmedDeadNodes;
import dev.troupe.node.death.DeathNoticeReceiver;
import dev.troupe.node.start.NodeMain;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.seed.slot.ClusterControl;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** Controls the cluster that this node is a member of. */
public final class PekkoClusterControl implements ClusterControl {
  private final ActorSystem<?> system;

  public PekkoClusterControl(ActorSystem<?> system) {
    this.system = system;
  }

  // The death notice stops routing to the node at once; Down removes the node. The leader removes a
  // node only if the failure detector says that it is unreachable, which ConfirmedDeadNodes does.
  @Override
  public void confirmDead(String address, DeathCause cause) {
    ConfirmedDeadNodes.add(address);
    DeathNoticeReceiver.publish(address, cause, system);
    Cluster.get(system).manager().tell(new Down(AddressFromURIString.parse(address)));
  }

  @Override
  public void formCluster() {
    NodeMain.formCluster(system);
  }

  @Override
  public boolean isAlive(ProcessIdentity process) {
    return process.find().isPresent();
  }
}
