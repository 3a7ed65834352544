package dev.troupe.node.shutdown;

import dev.troupe.node.dispatcher.InternalDispatcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the time for which a leaving node waits for the other members. A member may leave only
 * when all others have seen that it leaves; while one of them hangs, it would wait until it is
 * killed. After the timeout the node downs itself, which needs no consent and tells the others that
 * the node is gone.
 */
public final class LeaveTimeout {
  private static final Logger log = LoggerFactory.getLogger(LeaveTimeout.class);

  /** Members that do not hang consent in much less time. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private LeaveTimeout() {}

  /**
   * Sets the timeout for coordinated shutdown of {@code system}.
   *
   * @param grace the time from SIGTERM to SIGKILL; half of it, 5 s at most, is the timeout
   */
  public static void set(ActorSystem<?> system, String slot, Duration grace) {
    Duration bound = of(grace);
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseClusterLeave(),
            "bound-leave",
            () -> {
              var unused =
                  system
                      .scheduler()
                      .scheduleOnce(
                          bound,
                          () -> onTimeOver(system, slot, bound),
                          // The code of a service cannot block this dispatcher.
                          system
                              .dispatchers()
                              .lookup(DispatcherSelector.fromConfig(InternalDispatcher.PATH)));
              return CompletableFuture.completedStage(Done.getInstance());
            });
  }

  static Duration of(Duration grace) {
    Duration half = grace.dividedBy(2);
    return half.compareTo(LONGEST) < 0 ? half : LONGEST;
  }

  private static void onTimeOver(ActorSystem<?> system, String slot, Duration bound) {
    Cluster cluster = Cluster.get(system);
    if (cluster.isTerminated() || !isWaiting(cluster.selfMember().status())) {
      return;
    }
    log.info(
        "[{}] leaves without the consent of all members, after {} ms{}",
        slot,
        bound.toMillis(),
        unreachable(cluster));
    cluster.manager().tell(new Down(cluster.selfMember().address()));
  }

  private static boolean isWaiting(MemberStatus status) {
    return !status.equals(MemberStatus.exiting())
        && !status.equals(MemberStatus.down())
        && !status.equals(MemberStatus.removed());
  }

  private static String unreachable(Cluster cluster) {
    List<Address> silent = cluster.state().getUnreachable().stream().map(Member::address).toList();
    return silent.isEmpty() ? "" : "; unreachable: " + silent;
  }
}
