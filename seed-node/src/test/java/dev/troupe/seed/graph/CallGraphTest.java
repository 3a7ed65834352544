package dev.troupe.seed.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricKind;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.registry.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CallGraphTest {
  private static final RegistryView VIEW =
      new RegistryView(
          List.of(),
          Map.of(),
          List.of(
              instance("OrderService", BreakerState.OPEN, "UserService"),
              instance("UserService", BreakerState.CLOSED),
              instance("gateway", BreakerState.CLOSED, "OrderService", "UserService")));

  private static InstanceView instance(String service, BreakerState breaker, String... called) {
    String slot = service + "-1";
    Registration registration =
        new Registration(
            service, slot, 3, "at-" + slot, 1, Instant.EPOCH, null, Instant.EPOCH, "1", null, null);
    CallReport report =
        new CallReport(
            new CallReport.WaitingRoom(2, 0, 0, 0, 0, 0),
            new CallReport.Timeout(5000, 0),
            new CallReport.CircuitBreaker(breaker, null, 0, 0, 0, 0),
            new CallReport.Bulkhead(5, 10, 0),
            new CallReport.RetryBudget(0, 0, 10),
            List.of());
    Map<String, CallReport> calls = new HashMap<>();
    for (String one : called) {
      calls.put(one, report);
    }
    Heartbeat heartbeat =
        new Heartbeat(3, 1, 0, Instant.EPOCH, InstanceState.READY, null, false, 0, 0, 0, calls);
    MemberView member = new MemberView("at-" + slot, Set.of(service), "Up", true, 1, false, false);
    return new InstanceView(registration, heartbeat, member, Duration.ZERO, false);
  }

  private static MetricPoint calls(String to, String status, long first, long second) {
    return new MetricPoint(
        Map.of("rpc_service", to, "rpc_method", "get", "rpc_response_status_code", status),
        1.5,
        List.of(first, second));
  }

  private static MetricsReport report(String slot, MetricFamily... families) {
    return new MetricsReport(1, MetricsReport.VERSION, slot, List.of(families), 0);
  }

  private static MetricFamily family(String name, MetricKind kind, MetricPoint... points) {
    return new MetricFamily(name, kind, "Help.", List.of(), List.of(points));
  }

  @Test
  void theCallsToAndFromAServiceAreEdgesAndNoOthers() {
    assertThat(CallGraph.of(VIEW, "UserService", Map.of()).edges())
        .containsExactly(
            new CallGraph.Edge(
                "OrderService",
                "UserService",
                "OrderService-1",
                3,
                null,
                null,
                BreakerState.OPEN,
                2,
                5),
            new CallGraph.Edge(
                "gateway", "UserService", "gateway-1", 3, null, null, BreakerState.CLOSED, 2, 5));
    assertThat(CallGraph.of(VIEW, "OrderService", Map.of()).edges())
        .extracting(edge -> edge.from() + " " + edge.to())
        .containsExactly("OrderService UserService", "gateway OrderService");
  }

  @Test
  void callsAndThoseThatFailedAreCountedByTheServiceTheyWentTo() {
    MetricFamily family =
        family(
            "rpc_client_call_duration_seconds",
            MetricKind.HISTOGRAM,
            calls("UserService", "OK", 3, 4),
            calls("UserService", "NOT_FOUND", 1, 0),
            calls("UserService", "UNAVAILABLE", 0, 2),
            calls("OrderService", "OK", 50, 0));
    CallGraph graph =
        CallGraph.of(VIEW, "UserService", Map.of("gateway-1", report("gateway-1", family)));

    assertThat(graph.edges().get(1).calls()).isEqualTo(10);
    assertThat(graph.edges().get(1).errors()).as("not by the caller's fault").isEqualTo(2);
    assertThat(graph.edges().get(0).calls()).as("of a silent process").isNull();
  }

  @Test
  void theActionsOfTheServiceHaveTheirCallsAndDurations() {
    MetricFamily family =
        family(
            "rpc_server_call_duration_seconds",
            MetricKind.HISTOGRAM,
            calls("UserService", "OK", 6, 2),
            calls("UserService", "UNAVAILABLE", 2, 0));
    CallGraph graph =
        CallGraph.of(
            VIEW,
            "UserService",
            Map.of(
                "UserService-1", report("UserService-1", family),
                "gateway-1", report("gateway-1", family)));

    assertThat(graph.actions()).hasSize(1);
    ActionFigures action = graph.actions().get(0);
    assertThat(action.action()).isEqualTo("get");
    assertThat(action.processes())
        .containsExactly(new ActionFigures.Calls("UserService-1", 3, 10, 2));
    assertThat(action.p50Seconds()).isBetween(0.0, 0.0005);
    assertThat(action.p95Seconds()).isBetween(0.0005, 0.0009);
    assertThat(action.p99Seconds()).isBetween(0.0009, 0.001);
  }

  @Test
  void whatWaitsInTheStoresOfTheServiceIsShownAndNothingOfOthers() {
    MetricFamily outbox =
        family(
            "troupe_outbox_waiting",
            MetricKind.GAUGE,
            new MetricPoint(Map.of("source", "OrderService"), 4));
    MetricFamily other = family("jvm_threads", MetricKind.GAUGE, new MetricPoint(Map.of(), 9));
    CallGraph graph =
        CallGraph.of(
            VIEW,
            "UserService",
            Map.of(
                "UserService-1", report("UserService-1", outbox, other),
                "gateway-1", report("gateway-1", outbox)));

    assertThat(graph.work())
        .containsExactly(
            new CallGraph.Gauge(
                "UserService-1", "troupe_outbox_waiting", Map.of("source", "OrderService"), 4));
  }

  @Test
  void onlyNodesThatHaveToDoWithTheServiceAreAsked() {
    assertThat(CallGraph.nodes(VIEW, "OrderService"))
        .isEqualTo(Map.of("OrderService-1", "at-OrderService-1", "gateway-1", "at-gateway-1"));
  }
}
