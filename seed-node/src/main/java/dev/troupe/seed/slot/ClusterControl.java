package dev.troupe.seed.slot;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.registry.DeathCause;

/** What supervision does to the cluster, and how it learns whether a process lives. */
public interface ClusterControl {
  /** Tells the cluster at once that the process at {@code address} has ended. */
  void confirmDead(String address, DeathCause cause);

  /** Starts a new cluster with this node as its first member. */
  void formCluster();

  /** Whether exactly this process, and no later one with its pid, is alive. */
  boolean isAlive(ProcessIdentity process);
}
