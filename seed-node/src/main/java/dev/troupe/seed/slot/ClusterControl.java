package dev.troupe.seed.slot;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;

/** What supervision tells the cluster, and what it proves about processes. */
public interface ClusterControl {
  /** The process at {@code address} has ended: the cluster is told at once. */
  void confirmDead(String address, DeathCause cause);

  /** Starts a new cluster with this node as its first member. */
  void formCluster();

  /** Whether this very process is still there. */
  boolean isAlive(ProcessIdentity process);
}
