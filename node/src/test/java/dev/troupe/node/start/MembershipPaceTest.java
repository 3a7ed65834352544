package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pekko's own timers of membership never fire here. */
final class MembershipPaceTest {
  private static final String WITHOUT_TIMERS =
      """
      pekko.cluster.gossip-interval = 1 h
      pekko.cluster.leader-actions-interval = 1 h
      pekko.cluster.unreachable-nodes-reaper-interval = 1 h
      """;

  @TempDir private Path home;

  @Test
  void membersComeAndGoWithoutTheSlowTimersOfPekko() {
    try (TestNode first = TestNode.first(home, WITHOUT_TIMERS);
        TestNode second =
            first.join(home, "Echo-1", new FakeRole().drains(), TestNode.MORTAL + WITHOUT_TIMERS)) {
      first.awaitReady("seed-1", "Echo-1");
      second.awaitReady("seed-1", "Echo-1");

      Cluster.get(first.system())
          .manager()
          .tell(new Down(AddressFromURIString.parse(second.address())));

      await()
          .atMost(TestNode.PATIENCE)
          .untilAsserted(() -> assertThat(Cluster.get(second.system()).isTerminated()).isTrue());
    }
  }
}
