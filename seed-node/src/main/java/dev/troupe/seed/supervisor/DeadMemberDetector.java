package dev.troupe.seed.supervisor;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.seed.slot.ClusterControl;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the members whose death can be proven although no slot saw it: earlier seed nodes, since
 * only one can hold the lock of a home, instances that died while no seed node was there, and
 * processes that became members after their end.
 */
final class DeadMemberDetector {
  private final String self;
  private final ClusterControl cluster;

  DeadMemberDetector(String self, ClusterControl cluster) {
    this.self = self;
    this.cluster = cluster;
  }

  /**
   * @param ours addresses of the processes that slots watch themselves
   * @param knownDead addresses the state file names, but whose process is gone
   * @param ended processes whose end was seen; another one may have got the same address since
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

  /** Whether the member at {@code address} is a seed node. */
  boolean isSeed(String address, RegistryView view) {
    return view.members().stream()
        .anyMatch(member -> member.address().equals(address) && isSeed(member));
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
