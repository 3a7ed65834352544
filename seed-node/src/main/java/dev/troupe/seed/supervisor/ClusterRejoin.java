package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.seed.process.RunningProcess;
import dev.troupe.seed.slot.ClusterControl;
import dev.troupe.seed.slot.InstanceObservation;
import dev.troupe.seed.slot.SlotSnapshot;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * Waits until this seed node is a member of the cluster of the processes it has adopted. It forms a
 * new cluster only when every adopted process has ended, since their cluster has ended with them.
 * Confined to the supervisor's actor.
 */
final class ClusterRejoin {
  private final RecoveredState recovered;
  private final ClusterControl cluster;
  private final Logger log;
  private boolean isWaiting;

  ClusterRejoin(RecoveredState recovered, ClusterControl cluster, Logger log) {
    this.recovered = recovered;
    this.cluster = cluster;
    this.log = log;
    this.isWaiting = !recovered.processes().isEmpty();
  }

  /** Whether this seed node has adopted processes and is not in their cluster yet. */
  boolean isWaiting() {
    return isWaiting;
  }

  void update(RegistryView view) {
    if (InstanceObservation.isSelfIn(view)) {
      isWaiting = false;
    }
  }

  void update(Collection<SlotSnapshot> slots) {
    if (isWaiting && hasEveryProcessEnded(slots)) {
      log.warn("all processes found running have ended: forming a new cluster");
      cluster.formCluster();
      isWaiting = false;
    }
  }

  // Members that do not answer may be suspended or busy, so this node kills none of them.
  void warn() {
    log.warn(
        "the processes found running have not let this seed node into their cluster yet;"
            + " it waits, and ends none of them. If they are in no cluster any more:"
            + " bin/troupe restart SLOT");
  }

  private boolean hasEveryProcessEnded(Collection<SlotSnapshot> slots) {
    Set<String> adopted =
        recovered.processes().values().stream()
            .map(RunningProcess::address)
            .collect(Collectors.toSet());
    return slots.stream()
        .filter(slot -> recovered.processes().containsKey(slot.slot()))
        .noneMatch(slot -> hasNotReported(slot) || adopted.contains(slot.address()));
  }

  // A slot that adopts a process leaves PENDING with its first report.
  private static boolean hasNotReported(SlotSnapshot slot) {
    return slot.shown() == SlotState.PENDING;
  }
}
