package dev.troupe.service.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.node.health.CallCounters;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.registry.ProgramTraffic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ProgramEndpointTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final CallCounters counters = new CallCounters();
  private final ActorRef<Object> endpoint =
      KIT.spawn(ProgramEndpoint.create("Legacy", counters, () -> RegistryView.EMPTY));
  private final TestProbe<ProgramTraffic> gateway = KIT.createTestProbe();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private void report(int inFlight, long requests, long errors) {
    endpoint.tell(new ProgramTraffic.Report(gateway.getRef(), inFlight, requests, errors));
  }

  private CompletableFuture<Void> drain() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    endpoint.tell(new ProgramEndpoint.Drain(drained));
    return drained;
  }

  @Test
  void whatTheGatewaysReportIsCountedOnce() {
    report(2, 5, 1);
    report(1, 8, 1);

    await().until(() -> counters.requests() == 8);
    assertThat(counters.errors()).isEqualTo(1);
    assertThat(counters.inFlight()).isEqualTo(1);
  }

  @Test
  void aHostLeavesWhenNoRequestIsInFlight() throws Exception {
    report(1, 0, 0);

    CompletableFuture<Void> drained = drain();

    gateway.expectMessageClass(ProgramTraffic.Leaving.class, PATIENCE);
    report(1, 0, 0);
    assertThat(drained).isNotDone();
    report(0, 1, 0);
    drained.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aHostWithoutRequestsLeavesAtOnceAndTellsLateComers() throws Exception {
    drain().get(30, TimeUnit.SECONDS);

    report(0, 0, 0);

    gateway.expectMessageClass(ProgramTraffic.Leaving.class, PATIENCE);
  }

  @Test
  void aProgramHasNoActions() {
    TestProbe<ServiceReply> caller = KIT.createTestProbe();

    endpoint.tell(
        new ServiceRequest(
            1,
            "r",
            "get_user",
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.NEVER,
            null,
            null,
            null,
            caller.getRef()));

    ServiceReply reply = caller.receiveMessage(PATIENCE);
    assertThat(reply.status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(reply.message())
        .isEqualTo(
            "Legacy is a program and has no action get_user (expected: a request over HTTP)");
  }
}
