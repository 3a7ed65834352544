package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The calls between the services of a cluster at work. */
@OnSharedCluster
final class CallGraphIT {
  @Test
  void anOrderIsACallOfTheGatewayAndOneOfTheOrderService(Cluster cluster) throws IOException {
    long before = calls(cluster, "UserService", "OrderService", "UserService");
    for (int i = 0; i < 5; i++) {
      // There is no such user, which the service finds out by a call.
      assertThat(
              cluster
                  .client()
                  .post("/orders", "{\"user_id\":987654321,\"product\":\"tea\"}")
                  .status())
          .isEqualTo(422);
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(calls(cluster, "UserService", "OrderService", "UserService"))
                  .isEqualTo(before + 5);
              assertThat(calls(cluster, "OrderService", "gateway", "OrderService"))
                  .isGreaterThanOrEqualTo(5);
            });
    assertThat(graph(cluster, "OrderService").at("/edges"))
        .allSatisfy(
            edge ->
                assertThat(edge.get("from").asText() + " " + edge.get("to").asText())
                    .contains("OrderService"));
    assertThat(graph(cluster, "OrderService").at("/actions"))
        .anySatisfy(
            action -> {
              assertThat(action.get("action").asText()).isEqualTo("create_order");
              assertThat(action.at("/processes/0/calls").asLong()).isGreaterThanOrEqualTo(5);
              assertThat(action.get("p95_seconds").asDouble()).isPositive();
            });
    assertThat(graph(cluster, "UserService").at("/work"))
        .extracting(gauge -> gauge.get("name").asText())
        .contains("troupe_storage_queued");
  }

  @Test
  void anUnknownServiceIsNotFound(Cluster cluster) throws IOException {
    Answer unknown = new ControlApi(cluster.home()).get("/services/Nobody/graph");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("no service 'Nobody'", "UserService");
  }

  private static long calls(Cluster cluster, String page, String from, String to)
      throws IOException {
    long calls = 0;
    for (JsonNode edge : graph(cluster, page).at("/edges")) {
      if (edge.get("from").asText().equals(from) && edge.get("to").asText().equals(to)) {
        calls += edge.get("calls").asLong();
      }
    }
    return calls;
  }

  private static JsonNode graph(Cluster cluster, String service) throws IOException {
    Answer answer = new ControlApi(cluster.home()).get("/services/" + service + "/graph");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
