package dev.troupe.seed.supervisor;

import dev.troupe.node.death.ConfirmedDeadNodes;
import dev.troupe.node.death.DeathNoticeReceiver;
import dev.troupe.node.start.NodeMain;
import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.slot.ClusterControl;
import java.time.Clock;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** The cluster this node is a member of; the journal is told what the cluster is told. */
public final class PekkoClusterControl implements ClusterControl {
  private final ActorSystem<?> system;
  private final ActorRef<EventJournal.Command> journal;
  private final Clock clock;

  public PekkoClusterControl(
      ActorSystem<?> system, ActorRef<EventJournal.Command> journal, Clock clock) {
    this.system = system;
    this.journal = journal;
    this.clock = clock;
  }

  // The notice ends routing to the node at once, Down for good. The word of the failure detector
  // lets the leader remove the node at once; without that no replacement becomes Up.
  @Override
  public void confirmDead(String address, DeathCause cause) {
    ConfirmedDeadNodes.add(address);
    DeathNoticeReceiver.publish(address, cause, system);
    Cluster.get(system).manager().tell(new Down(AddressFromURIString.parse(address)));
    journal.tell(new EventJournal.ConfirmedDead(address, clock.instant()));
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
