package dev.troupe.node.registry;

import java.util.Set;

/**
 * A member of the cluster as this node sees it.
 *
 * @param address like {@code pekko://troupe@127.0.0.1:25520}
 * @param status Joining, WeaklyUp, Up, Leaving, Exiting or Down
 * @param age 1 for the oldest member of the cluster
 */
public record MemberView(
    String address,
    Set<String> roles,
    String status,
    boolean reachable,
    int age,
    boolean leader,
    boolean self) {
  public MemberView {
    roles = Set.copyOf(roles);
  }

  /** Whether the member has been downed and is not removed yet. */
  public boolean isDown() {
    return status.equals("Down");
  }

  public boolean isUp() {
    return status.equals("Up") || status.equals("WeaklyUp");
  }
}
