package dev.troupe.seed.supervisor;

import dev.troupe.seed.slot.Membership;
import java.time.Instant;

/** What the supervisor does to the cluster. */
public interface ClusterGate extends Membership {
  /** Starts a new cluster with this node as its first member. */
  void formCluster();

  /** Whether a process with this pid, started at this time, is still there. */
  boolean isAlive(long pid, Instant startedAt);
}
