package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.seed.slot.InstanceObservation;

/** Finds in a view of the cluster what it says of one slot's process. */
final class InstanceObservations {
  private InstanceObservations() {}

  static InstanceObservation of(String address, RegistryView view) {
    boolean up =
        view.members().stream()
            .anyMatch(member -> member.address().equals(address) && member.isUp());
    return new InstanceObservation(
        up, view.instanceAt(address).map(InstanceObservations::instance));
  }

  /** Whether this node has become part of a cluster. */
  static boolean isSelfIn(RegistryView view) {
    return view.members().stream().anyMatch(MemberView::self);
  }

  private static InstanceObservation.Instance instance(InstanceView view) {
    return new InstanceObservation.Instance(
        view.registration().generation(),
        view.heartbeat().state(),
        view.heartbeat().reason(),
        view.silence());
  }
}
