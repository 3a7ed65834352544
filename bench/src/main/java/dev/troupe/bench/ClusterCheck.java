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
 * Checks that a cluster is whole: each slot runs, and the members of the cluster are exactly the
 * processes of the home. If some of the processes had formed a second cluster, they would be
 * missing.
 */
final class ClusterCheck {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final ClusterUnderTest product;

  ClusterCheck(ClusterUnderTest product) {
    this.product = product;
  }

  /** A condition beside those of this class; empty if it holds. */
  @FunctionalInterface
  interface ExtraCheck {
    Optional<String> missing(Map<String, Long> pids) throws IOException;
  }

  /** Requires nothing more. */
  static final ExtraCheck NO_EXTRA_CHECK = pids -> Optional.empty();

  /**
   * Waits until the cluster is whole.
   *
   * @param extra must hold as well
   * @return what is missing after {@code most}; empty if the cluster is whole
   */
  Optional<String> await(Duration most, ExtraCheck extra) {
    long end = System.nanoTime() + most.toNanos();
    while (true) {
      Optional<String> missing = missing(extra);
      if (missing.isEmpty() || System.nanoTime() >= end) {
        return missing;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  /** The pids by slot in the status of the seed node. */
  static Map<String, Long> pids(ClusterStatus status) {
    Map<String, Long> pids = new HashMap<>();
    for (SlotStatus slot : status.slots()) {
      if (slot.pid() != null) {
        pids.put(slot.slot(), slot.pid());
      }
    }
    return pids;
  }

  private Optional<String> missing(ExtraCheck extra) {
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
      return missing.isPresent() ? missing : extra.missing(pids);
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
