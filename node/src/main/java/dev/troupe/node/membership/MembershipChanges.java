package dev.troupe.node.membership;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;

/**
 * Decides from the events of membership whether it is changing: a member is on its way in or out,
 * or something has happened within {@link #LASTING}. Not thread-safe.
 */
final class MembershipChanges {
  /** Long enough for all nodes to have agreed about a change. */
  static final Duration LASTING = Duration.ofSeconds(10);

  private final Set<UniqueAddress> moving = new HashSet<>();
  private long lastNanos;

  /**
   * @param nowNanos by {@link System#nanoTime}; this node begins to join now
   */
  MembershipChanges(long nowNanos) {
    lastNanos = nowNanos;
  }

  void happened(ClusterEvent.ClusterDomainEvent event, long nowNanos) {
    lastNanos = nowNanos;
    if (event instanceof ClusterEvent.MemberEvent change) {
      Member member = change.member();
      if (isMoving(member.status())) {
        moving.add(member.uniqueAddress());
      } else {
        moving.remove(member.uniqueAddress());
      }
    }
  }

  // A member that is WeaklyUp waits for one that hangs, which may last.
  private static boolean isMoving(MemberStatus status) {
    return status.equals(MemberStatus.joining())
        || status.equals(MemberStatus.leaving())
        || status.equals(MemberStatus.exiting())
        || status.equals(MemberStatus.down());
  }

  boolean areUnderWay(long nowNanos) {
    return !moving.isEmpty() || nowNanos - lastNanos < LASTING.toNanos();
  }
}
