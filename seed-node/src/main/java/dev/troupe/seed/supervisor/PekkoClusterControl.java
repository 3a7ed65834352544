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

  // The notice ends routing to the node at once, Down for good. The failure detector must take the
  // node for unreachable, or the leader would not remove it and no replacement would become Up.
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
