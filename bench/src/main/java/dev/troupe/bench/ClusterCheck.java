package dev.troupe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells whether a cluster is whole: every slot runs, and all processes of the home are the members
 * of one cluster, no more and no fewer. A second cluster would have some of the processes in it.
 */
final class ClusterCheck {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private final ClusterUnderTest product;

  ClusterCheck(ClusterUnderTest product) {
    this.product = product;
  }

  /** What one more look shows to be missing; nothing if the cluster is whole. */
  @FunctionalInterface
  interface Also {
    Optional<String> missing(Map<String, Long> pids) throws IOException;
  }

  /** For who wants the cluster whole, and nothing besides. */
  static final Also NOTHING_MORE = pids -> Optional.empty();

  /**
   * Waits until the cluster is whole.
   *
   * @param also to be true as well
   * @return what is missing after {@code most}; nothing if the cluster is whole
   */
  Optional<String> await(Duration most, Also also) {
    long end = System.nanoTime() + most.toNanos();
    while (true) {
      Optional<String> missing = missing(also);
      if (missing.isEmpty() || System.nanoTime() >= end) {
        return missing;
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
  }

  /** The pids by slot, as the seed node knows them. */
  static Map<String, Long> pids(ClusterStatus status) {
    Map<String, Long> pids = new HashMap<>();
    for (SlotStatus slot : status.slots()) {
      if (slot.pid() != null) {
        pids.put(slot.slot(), slot.pid());
      }
    }
    return pids;
  }

  private Optional<String> missing(Also also) {
    ClusterStatus status = product.status().orElse(null);
    if (status == null) {
      return Optional.of("no seed node answers");
    }
    for (SlotStatus slot : status.slots()) {
      if (slot.state() != SlotState.RUNNING) {
        return Optional.of(slot.slot() + " is " + slot.state().label());
      }
    }
    Map<String, Long> pids = pids(status);
    try {
      Optional<String> missing = missingMembers(Set.copyOf(pids.values()));
      Map<Long, String> processes = product.processes();
      if (missing.isEmpty() && !processes.keySet().equals(Set.copyOf(pids.values()))) {
        missing = Optional.of("the processes are " + processes + ", the slots have " + pids);
      }
      return missing.isPresent() ? missing : also.missing(pids);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> missingMembers(Set<Long> pids) throws IOException {
    Set<Long> members = new HashSet<>();
    for (JsonNode member : product.members()) {
      if (!member.path("status").asText().equals("Up")
          || !member.path("reachable").asBoolean()
          || !members.add(member.path("pid").asLong())) {
        return Optional.of("GET /cluster shows " + member);
      }
    }
    return members.equals(pids)
        ? Optional.empty()
        : Optional.of("the members have pids " + members + ", the slots " + pids);
  }
}
