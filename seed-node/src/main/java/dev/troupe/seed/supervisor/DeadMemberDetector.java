package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.slot.ClusterControl;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the members that are certainly dead although no slot saw them end: earlier seed nodes (only
 * one seed node can hold the lock of a home), instances that ended while no seed node was running,
 * and processes that became members after their end.
 */
final class DeadMemberDetector {
  private final String self;
  private final String selfSlot;
  private final ClusterControl cluster;

  /**
   * @param self the address of this seed node
   */
  DeadMemberDetector(String self, String selfSlot, ClusterControl cluster) {
    this.self = self;
    this.selfSlot = selfSlot;
    this.cluster = cluster;
  }

  /**
   * The addresses of the dead members that are not down yet.
   *
   * @param ours addresses of the processes that slots have now; each slot watches its process
   *     itself
   * @param knownDead addresses in the state file whose process is gone
   * @param ended addresses of processes that were seen to end; a new process may have such an
   *     address
   */
  List<String> confirmedDead(
      RegistryView view, Set<String> ours, Set<String> knownDead, EndedProcesses ended) {
    Stream<String> seeds =
        view.members().stream()
            .filter(member -> isSeed(member) && isOnThisHost(member))
            .map(MemberView::address);
    Stream<String> gone =
        view.instances().stream()
            .map(instance -> instance.registration())
            .filter(
                registration ->
                    isOnThisHost(registration.address())
                        && !ours.contains(registration.address())
                        && !cluster.isAlive(registration.process()))
            .map(registration -> registration.address());
    Stream<String> saved =
        view.members().stream().map(MemberView::address).filter(knownDead::contains);
    Stream<String> joinedDead =
        view.members().stream()
            .filter(member -> isOnThisHost(member) && !member.reachable())
            .map(MemberView::address)
            .filter(address -> ended.contains(address) && !isOfLivingProcess(address, view));
    Set<String> alreadyDown =
        Set.copyOf(
            view.members().stream().filter(MemberView::isDown).map(MemberView::address).toList());
    return Stream.of(seeds, gone, saved, joinedDead)
        .flatMap(addresses -> addresses)
        .distinct()
        .filter(address -> !address.equals(self))
        .filter(address -> !ours.contains(address) && !alreadyDown.contains(address))
        .toList();
  }

  /**
   * The journal entry for a dead member, with its slot if the registry or its role tells the slot.
   */
  EventJournal.ConfirmedDead entry(String address, RegistryView view, Instant at) {
    Registration known = view.instanceAt(address).map(InstanceView::registration).orElse(null);
    if (known != null) {
      return new EventJournal.ConfirmedDead(
          address, known.slot(), known.generation(), known.pid(), at);
    }
    boolean isSeed =
        view.members().stream()
            .anyMatch(member -> member.address().equals(address) && isSeed(member));
    return new EventJournal.ConfirmedDead(address, isSeed ? selfSlot : null, 0, null, at);
  }

  private boolean isOfLivingProcess(String address, RegistryView view) {
    return view.instances().stream()
        .map(instance -> instance.registration())
        .anyMatch(
            registration ->
                registration.address().equals(address) && cluster.isAlive(registration.process()));
  }

  private static boolean isSeed(MemberView member) {
    return member.roles().contains(NodeNames.SEED);
  }

  private boolean isOnThisHost(MemberView member) {
    return isOnThisHost(member.address());
  }

  private boolean isOnThisHost(String address) {
    return hostOf(address).equals(hostOf(self));
  }

  private static String hostOf(String address) {
    return address.substring(address.indexOf('@') + 1, address.lastIndexOf(':'));
  }
}
