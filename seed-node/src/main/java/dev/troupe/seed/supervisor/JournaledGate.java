package dev.troupe.seed.supervisor;

import dev.troupe.seed.events.EventJournal;
import java.time.Clock;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;

/** Tells the journal what the cluster is told. */
public final class JournaledGate implements ClusterGate {
  private final ClusterGate cluster;
  private final ActorRef<EventJournal.Command> journal;
  private final Clock clock;

  public JournaledGate(ClusterGate cluster, ActorRef<EventJournal.Command> journal, Clock clock) {
    this.cluster = cluster;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void proveDead(String address) {
    cluster.proveDead(address);
    journal.tell(new EventJournal.ProvenDead(address, clock.instant()));
  }

  @Override
  public void formCluster() {
    cluster.formCluster();
  }

  @Override
  public boolean isAlive(long pid, Instant startedAt) {
    return cluster.isAlive(pid, startedAt);
  }
}
