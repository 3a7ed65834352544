package dev.troupe.seed.supervisor;

import dev.troupe.seed.adoption.SavedState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses of processes that have ended, the newest last. The cluster is told of each end at
 * once, but a process may have asked to join just before. It then becomes a member after its death,
 * and blocks the joining of other nodes until the cluster is told again that it is dead.
 */
final class EndedProcesses {
  private final Set<String> addresses = new LinkedHashSet<>();

  EndedProcesses(Collection<String> addresses) {
    addresses.forEach(this::add);
  }

  void add(String address) {
    addresses.remove(address);
    addresses.add(address);
    if (addresses.size() > SavedState.MOST_ENDED) {
      addresses.remove(addresses.iterator().next());
    }
  }

  boolean contains(String address) {
    return addresses.contains(address);
  }

  List<String> addresses() {
    return List.copyOf(addresses);
  }
}
