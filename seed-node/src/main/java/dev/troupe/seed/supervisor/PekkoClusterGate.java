package dev.troupe.seed.supervisor;

import dev.troupe.node.start.NodeMain;
import dev.troupe.node.start.Obituaries;
import dev.troupe.node.start.ProvenDead;
import dev.troupe.seed.process.Processes;
import java.time.Instant;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** The cluster this node is a member of. */
public final class PekkoClusterGate implements ClusterGate {
  private final ActorSystem<?> system;

  public PekkoClusterGate(ActorSystem<?> system) {
    this.system = system;
  }

  // The notice ends routing to it at once, Down for good; the failure detector's word lets the
  // leader remove it at once, without
  // which no replacement becomes Up.
  @Override
  public void proveDead(String address) {
    ProvenDead.add(address);
    Obituaries.publish(address, system);
    Cluster.get(system).manager().tell(new Down(AddressFromURIString.parse(address)));
  }

  @Override
  public void formCluster() {
    NodeMain.formCluster(system);
  }

  @Override
  public boolean isAlive(long pid, Instant startedAt) {
    return Processes.find(pid, startedAt).isPresent();
  }
}
