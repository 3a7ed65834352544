package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.death.ConfirmedDeadNodes;
import dev.troupe.node.death.DeathNoticeReceiver;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.DeathCause;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in one cluster: what they know of each other, and what they do for each other. */
final class ClusterTest {
  // Here nobody is ever suspected: only proof can make a member unreachable.
  private static final String SETTINGS =
      """
      pekko.cluster.failure-detector.acceptable-heartbeat-pause = 1 h
      pekko.cluster.distributed-data.pruning-interval = 200 ms
      pekko.cluster.distributed-data.max-pruning-dissemination = 500 ms
      """;

  @TempDir private static Path home;
  private static TestNode seed;
  private static TestNode echo;

  @BeforeAll
  static void start() {
    seed = TestNode.first(home, SETTINGS);
    echo = seed.join(home, "Echo-1", new FakeRole().drains(), SETTINGS);
    seed.awaitReady("Echo-1", "seed-1");
    echo.awaitReady("Echo-1", "seed-1");
  }

  @AfterAll
  static void end() {
    echo.close();
    seed.close();
  }

  @Test
  void everyNodeKnowsAllMembers() {
    for (TestNode node : Set.of(seed, echo)) {
      node.awaitView(
          view ->
              assertThat(view.members())
                  .filteredOn(member -> member.age() <= 2)
                  .extracting(MemberView::address)
                  .containsExactly(seed.address(), echo.address()));
    }
    assertThat(seed.member(echo.address()))
        .hasValueSatisfying(
            member -> {
              assertThat(member.roles()).containsExactly("Echo");
              assertThat(member.isUp()).isTrue();
              assertThat(member.reachable()).isTrue();
              assertThat(member.self()).isFalse();
            });
    assertThat(echo.member(echo.address()))
        .hasValueSatisfying(member -> assertThat(member.self()).isTrue());
  }

  @Test
  void everyNodeKnowsWhoRunsWhereAndWhatItOffers() {
    assertThat(seed.instance("Echo-1"))
        .hasValueSatisfying(
            instance -> {
              assertThat(instance.registration().address()).isEqualTo(echo.address());
              assertThat(instance.registration().pid()).isEqualTo(ProcessHandle.current().pid());
              assertThat(instance.registration().version()).isEqualTo("1.2.3");
              assertThat(instance.registration().generation()).isEqualTo(1);
              assertThat(instance.heartbeat().state()).isEqualTo(InstanceState.READY);
              assertThat(instance.heartbeat().heapBytes()).isPositive();
            });
    seed.awaitView(
        view ->
            assertThat(view.services().get("Echo"))
                .extracting(ServiceView::descriptor)
                .isEqualTo(new ServiceDescriptor("Echo", "1", List.of())));
  }

  @Test
  void heartbeatsGoOn() {
    long first = seed.instance("Echo-1").orElseThrow().heartbeat().sequence();

    seed.awaitView(view -> assertThat(sequence(view)).isGreaterThan(first + 1));
  }

  @Test
  void aCallReachesAServiceOnAnotherNodeAndItsReplyComesBack() {
    ServiceReply reply = seed.call("Echo", "echo", "{\"name\":\"Ada\"}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.OK);
    assertThat(reply.requestId()).isEqualTo("r1");
    assertThat(reply.data()).isEqualTo(JsonBytes.of("{\"name\":\"Ada\"}"));
  }

  @Test
  void aCallOfAServiceOnItsOwnNodeWorksToo() {
    assertThat(echo.call("Echo", "echo", "{}").status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void aNodeWhoseCheckDoesNotPassYetSaysWhyAndIsNotReady() {
    FakeRole role = new FakeRole().drains().ill("the database is not there");
    try (TestNode late = seed.join(home, "Late-1", role, SETTINGS)) {
      seed.awaitView(
          view ->
              assertThat(late.instance("Late-1"))
                  .hasValueSatisfying(
                      instance -> {
                        assertThat(instance.heartbeat().state()).isEqualTo(InstanceState.UNHEALTHY);
                        assertThat(instance.heartbeat().reason())
                            .isEqualTo("the database is not there");
                        assertThat(instance.isReady()).isFalse();
                      }));

      role.ill(null);

      seed.awaitReady("Late-1");
    }
  }

  @Test
  void aNodeWhoseCheckFailsLaterSaysSoAndHeals() {
    FakeRole role = new FakeRole().drains();
    try (TestNode moody = seed.join(home, "Moody-1", role, SETTINGS)) {
      seed.awaitReady("Moody-1");

      role.ill("disk full");
      seed.awaitView(
          view ->
              assertThat(moody.instance("Moody-1"))
                  .hasValueSatisfying(
                      instance -> {
                        assertThat(instance.heartbeat().state()).isEqualTo(InstanceState.UNHEALTHY);
                        assertThat(instance.heartbeat().reason()).isEqualTo("disk full");
                        assertThat(instance.isReady()).isFalse();
                      }));

      role.degraded("disk full");
      seed.awaitView(
          view ->
              assertThat(seed.instance("Moody-1"))
                  .hasValueSatisfying(instance -> assertThat(instance.isDegraded()).isTrue()));
      assertThat(seed.call("Moody", "echo", "{}").status()).isEqualTo(ReplyStatus.OK);

      role.ill(null);
      seed.awaitReady("Moody-1");
    }
  }

  @Test
  void aNodeWhoseServiceBlocksItsThreadsFallsSilentAndComesBack() {
    CountDownLatch end = new CountDownLatch(1);
    try (TestNode blocked = seed.join(home, "Blocked-1", new FakeRole().drains(), SETTINGS)) {
      seed.awaitReady("Blocked-1");

      // Many more than it has threads.
      for (int task = 0; task < 64; task++) {
        blocked.system().executionContext().execute(() -> awaitEnd(end));
      }
      seed.awaitView(
          view ->
              assertThat(seed.instance("Blocked-1"))
                  .hasValueSatisfying(instance -> assertThat(instance.suspect()).isTrue()));

      end.countDown();
      seed.awaitReady("Blocked-1");
    } finally {
      end.countDown();
    }
  }

  @Test
  void aNodeThatLeavesSaysSoFinishesWhatItHasAndIsGone() {
    FakeRole role = new FakeRole();
    TestNode leaver = seed.join(home, "Leaver-1", role, SETTINGS);
    try {
      seed.awaitReady("Leaver-1");

      leaver.end();
      seed.awaitView(
          view ->
              assertThat(seed.instance("Leaver-1"))
                  .hasValueSatisfying(
                      instance ->
                          assertThat(instance.heartbeat().state())
                              .isEqualTo(InstanceState.DRAINING)));
      assertThat(leaver.member(leaver.address()).orElseThrow().isUp())
          .as("it is a member until it has drained")
          .isTrue();

      role.drains();
      leaver.awaitEnd();
      seed.awaitView(view -> assertThat(seed.instance("Leaver-1")).isEmpty());
      assertThat(seed.view().services()).as("its service stays").containsKey("Leaver");
    } finally {
      leaver.close();
    }
  }

  @Test
  void aNodeLeavesInItsTimeAlthoughAnotherMemberAnswersNoMore() {
    // By itself Pekko would wait for the silent member for longer than this test does.
    String patient = "pekko.coordinated-shutdown.phases.cluster-exiting.timeout = 1 h\n";
    TestNode silent =
        seed.join(home, "Silent-1", new FakeRole().drains(), SETTINGS + TestNode.MORTAL);
    String dead = silent.address();
    TestNode leaver =
        seed.join(
            home,
            "Timely-1",
            new FakeRole().drains(),
            SETTINGS + patient + "troupe.stop.grace = 200ms\n");
    try {
      seed.awaitReady("Silent-1", "Timely-1");
      silent.dies();

      leaver.end();

      leaver.awaitEnd();
      seed.awaitView(
          view ->
              assertThat(seed.member(leaver.address()))
                  .as("the others know that it is gone")
                  .matches(member -> member.isEmpty() || member.get().isDown()));
    } finally {
      ConfirmedDeadNodes.add(dead);
      Cluster.get(seed.system()).manager().tell(new Down(AddressFromURIString.parse(dead)));
      silent.close();
      leaver.close();
    }
  }

  @Test
  void whatIsCountedIsAddedUpOverInstancesAndSurvivesTheirDeath() {
    TestNode first = seed.join(home, "Sum-1", new FakeRole().drains(), SETTINGS + TestNode.MORTAL);
    try (TestNode second = seed.join(home, "Sum-2", new FakeRole().drains(), SETTINGS)) {
      seed.awaitReady("Sum-1", "Sum-2");
      String dead = first.address();
      for (int call = 1; call <= 10; call++) {
        assertThat(seed.call("Sum", "echo", "{}").status()).isEqualTo(ReplyStatus.OK);
      }
      assertThat(seed.call("Sum", "fail", "{}").status()).isEqualTo(ReplyStatus.FAILED);
      seed.awaitView(view -> assertTotals(view, 11, 1));
      second.awaitView(view -> assertTotals(view, 11, 1));

      first.dies();
      ConfirmedDeadNodes.add(dead);
      Cluster.get(seed.system()).manager().tell(new Down(AddressFromURIString.parse(dead)));

      seed.awaitView(view -> assertThat(seed.member(dead)).as("not removed").isEmpty());
      assertTotals(seed.view(), 11, 1);
      assertThat(seed.call("Sum", "echo", "{}").status()).isEqualTo(ReplyStatus.OK);
      seed.awaitView(view -> assertTotals(view, 12, 1));
    } finally {
      first.close();
    }
  }

  @Test
  void whatTheSupervisorSawCountsAtWhoeverMonitorsTheDeadNode() {
    String dead = "pekko://troupe@127.0.0.1:1";
    try {
      DeathNoticeReceiver.publish(dead, DeathCause.ITSELF, seed.system());

      await().atMost(TestNode.PATIENCE).until(() -> ConfirmedDeadNodes.contains(dead));
    } finally {
      ConfirmedDeadNodes.forget(dead);
    }
  }

  private static void assertTotals(RegistryView view, long requests, long errors) {
    assertThat(view.services().get("Sum"))
        .isNotNull()
        .returns(requests, ServiceView::requests)
        .returns(errors, ServiceView::errors);
  }

  private static long sequence(RegistryView view) {
    return view.instancesOf("Echo").findFirst().orElseThrow().heartbeat().sequence();
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
