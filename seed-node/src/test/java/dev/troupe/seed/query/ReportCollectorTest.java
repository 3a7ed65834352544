package dev.troupe.seed.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.metrics.MetricsRequest;
import dev.troupe.seed.TestKits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReportCollectorTest {
  private static final ActorTestKit KIT = TestKits.manualTime();

  private final TestProbe<MetricsRequest> user = KIT.createTestProbe();
  private final TestProbe<MetricsRequest> order = KIT.createTestProbe();
  private final TestProbe<NodeReports<MetricsReport>> asker = KIT.createTestProbe();
  private final Map<String, ActorRef<MetricsRequest>> byAddress = new HashMap<>();
  private final ManualTime time = ManualTime.get(KIT.system());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void begin() {
    byAddress.put("a", user.ref());
    byAddress.put("b", order.ref());
    KIT.spawn(
        ReportCollector.create(
            question((address, query, replyTo) -> ask(byAddress.get(address), query, replyTo)),
            Map.of("UserService-1", "a", "OrderService-1", "b"),
            asker.ref()));
  }

  @Test
  void aScrapeEndsWithTheLastAnswer() {
    answer(user, "UserService-1");
    asker.expectNoMessage();
    answer(order, "OrderService-1");

    assertThat(asker.receiveMessage().reports())
        .containsOnlyKeys("UserService-1", "OrderService-1");
  }

  @Test
  void aSilentNodeIsWaitedForUntilThePatienceEnds() {
    answer(user, "UserService-1");
    time.timePasses(ReportCollector.PATIENCE.minusMillis(1));
    asker.expectNoMessage();
    time.timePasses(ReportCollector.PATIENCE);

    assertThat(asker.receiveMessage().reports()).containsOnlyKeys("UserService-1");
  }

  @Test
  void aReportOfAnotherLayoutCountsAsSilence() {
    MetricsRequest request = user.receiveMessage();
    request
        .replyTo()
        .tell(
            new MetricsReport(
                request.scrape(), MetricsReport.VERSION + 1, "UserService-1", List.of(), 0));
    answer(order, "OrderService-1");
    time.timePasses(ReportCollector.PATIENCE);

    assertThat(asker.receiveMessage().reports()).containsOnlyKeys("OrderService-1");
  }

  @Test
  void aReportOfAnotherScrapeOrOfANodeThatWasNotAskedIsIgnored() {
    MetricsRequest request = user.receiveMessage();
    request.replyTo().tell(report(request.scrape() + 1, "UserService-1"));
    request.replyTo().tell(report(request.scrape(), "Intruder-1"));
    answer(order, "OrderService-1");
    time.timePasses(ReportCollector.PATIENCE);

    assertThat(asker.receiveMessage().reports()).containsOnlyKeys("OrderService-1");
  }

  @Test
  void noMoreThanAFewQueriesRunAtATime() {
    ActorRef<NodeQueries.Query<MetricsReport>> queries =
        KIT.spawn(NodeQueries.create(question((address, query, replyTo) -> {})));
    Map<String, String> nodes = Map.of("UserService-1", "a");
    for (int i = 0; i < NodeQueries.MOST_QUERIES; i++) {
      queries.tell(
          new NodeQueries.Query<>(nodes, KIT.<NodeReports<MetricsReport>>createTestProbe().ref()));
    }
    queries.tell(new NodeQueries.Query<>(nodes, asker.ref()));

    assertThat(asker.receiveMessage().refused()).isTrue();
  }

  @Test
  void aQueryOfNobodyIsAnsweredAtOnce() {
    KIT.spawn(NodeQueries.create(question((address, query, replyTo) -> {})))
        .tell(new NodeQueries.Query<>(Map.of(), asker.ref()));

    assertThat(asker.receiveMessage()).isEqualTo(new NodeReports<>(Map.of(), false));
  }

  private static NodeQuestion<MetricsReport> question(NodeQuestion.Sender<MetricsReport> sender) {
    return new NodeQuestion<>(MetricsReport.class, MetricsReport.VERSION, sender);
  }

  private static void ask(
      ActorRef<MetricsRequest> node, long query, ActorRef<MetricsReport> replyTo) {
    node.tell(new MetricsRequest(query, replyTo));
  }

  private static void answer(TestProbe<MetricsRequest> node, String slot) {
    MetricsRequest request = node.receiveMessage();
    request.replyTo().tell(report(request.scrape(), slot));
  }

  private static MetricsReport report(long scrape, String slot) {
    return new MetricsReport(scrape, MetricsReport.VERSION, slot, List.of(), 0);
  }
}
