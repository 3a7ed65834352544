package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.death.ConfirmedDeadNodes;
import dev.troupe.node.registry.MemberView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On one host nothing is downed by suspicion, only by proof; and proof needs no time. */
final class ProofOfDeathTest {
  private static final String SUSPICIOUS =
      """
      pekko.cluster.failure-detector.heartbeat-interval = 200 ms
      pekko.cluster.failure-detector.acceptable-heartbeat-pause = 1 s
      """;
  private static final String TRUSTING =
      "pekko.cluster.failure-detector.acceptable-heartbeat-pause = 1 h\n";

  @TempDir private Path home;

  @Test
  void whoIsMerelySilentIsUnreachableButStaysAMember() {
    try (TestNode seed = TestNode.first(home, SUSPICIOUS + TestNode.MORTAL);
        TestNode silent = seed.join(home, "Echo-1", new FakeRole(), SUSPICIOUS + TestNode.MORTAL)) {
      seed.awaitReady("Echo-1");
      String address = silent.address();

      silent.dies();

      seed.awaitView(view -> assertThat(member(seed, address).reachable()).isFalse());
      await()
          .during(Duration.ofSeconds(1))
          .atMost(TestNode.PATIENCE)
          .until(() -> member(seed, address).status().equals("Up"));
      assertThat(seed.instance("Echo-1"))
          .hasValueSatisfying(instance -> assertThat(instance.isReady()).isFalse());
    }
  }

  @Test
  void whoIsProvenDeadIsGoneThoughNobodyMissedItAndItsReplacementBecomesReady() {
    try (TestNode seed = TestNode.first(home, TRUSTING);
        TestNode dead = seed.join(home, "Echo-1", new FakeRole(), TRUSTING + TestNode.MORTAL)) {
      seed.awaitReady("Echo-1");
      String address = dead.address();
      dead.dies();
      ConfirmedDeadNodes.add(address);
      Cluster.get(seed.system()).manager().tell(new Down(AddressFromURIString.parse(address)));

      seed.awaitView(view -> assertThat(seed.instance("Echo-1")).isEmpty());
      seed.awaitView(view -> assertThat(seed.member(address)).isEmpty());

      try (TestNode next =
          TestNode.start(
              home, "Echo-1", 2, List.of(seed.address()), new FakeRole().drains(), TRUSTING)) {
        seed.awaitView(
            view ->
                assertThat(seed.instance("Echo-1"))
                    .hasValueSatisfying(
                        instance -> {
                          assertThat(instance.registration().generation()).isEqualTo(2);
                          assertThat(instance.registration().address()).isEqualTo(next.address());
                          assertThat(instance.isReady()).isTrue();
                        }));
        assertThat(seed.call("Echo", "echo", "{}").status().isSuccess()).isTrue();
      }
    }
  }

  private static MemberView member(TestNode node, String address) {
    return node.member(address).orElseThrow();
  }
}
