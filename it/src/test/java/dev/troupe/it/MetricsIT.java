package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus gets from a cluster at work. */
@OnSharedCluster
final class MetricsIT {
  private static final String OF_THE_ROUTE =
      "http_server_request_duration_seconds_count{http_request_method=\"GET\","
          + "http_response_status_code=\"404\",http_route=\"/users/{user_id}\"";
  private static final String OF_THE_CALLER =
      "rpc_client_call_duration_seconds_count{rpc_method=\"get_user\","
          + "rpc_response_status_code=\"NOT_FOUND\",rpc_service=\"UserService\"";
  private static final String OF_THE_SERVICE =
      "rpc_server_call_duration_seconds_count{rpc_method=\"get_user\","
          + "rpc_response_status_code=\"NOT_FOUND\",rpc_service=\"UserService\"";

  @Test
  void eachRequestIsCountedWhereItPasses(Cluster cluster) throws IOException {
    Client client = cluster.client();
    String before = metrics(cluster, "");
    for (int i = 0; i < 7; i++) {
      assertThat(client.get("/users/987654321").status()).isEqualTo(404);
    }

    // The gateway records a request just after its client has the response.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              String after = metrics(cluster, "");
              for (String family : List.of(OF_THE_ROUTE, OF_THE_CALLER, OF_THE_SERVICE)) {
                assertThat(sum(after, family) - sum(before, family)).as(family).isEqualTo(7);
              }
            });
  }

  @Test
  void everySlotAnswersWithItsJvm(Cluster cluster) throws IOException {
    String text = metrics(cluster, "");

    for (String slot : cluster.pids().keySet()) {
      assertThat(sum(text, up(cluster, slot))).as(slot).isEqualTo(1);
      assertThat(text).containsPattern("jvm_threads_current\\{[^}]*slot=\"" + slot + "\"");
    }
    assertThat(text)
        .contains("troupe_storage_commit_seconds_bucket{service=\"UserService\"")
        .contains("troupe_storage_queued{kind=\"write\",service=\"UserService\"");
    assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
  }

  @Test
  void aStoppedNodeIsSilentAndHoldsNobodyUp(Cluster cluster) throws IOException {
    long pid = cluster.pid("OrderService-1");
    cluster.signal("STOP", pid);
    try {
      String text = metrics(cluster, "");
      assertThat(sum(text, up(cluster, "OrderService-1"))).isZero();
      assertThat(sum(text, up(cluster, "UserService-1"))).isEqualTo(1);
    } finally {
      cluster.signal("CONT", pid);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                sum(metrics(cluster, "?slot=OrderService-1"), up(cluster, "OrderService-1")) == 1);
  }

  @Test
  void aKilledNodeIsDownUntilItIsBack(Cluster cluster) throws IOException {
    long pid = cluster.pid("UserService-1");
    cluster.signal("KILL", pid);
    assertThat(sum(metrics(cluster, ""), up(cluster, "UserService-1"))).isZero();

    cluster.awaitRunning("UserService-1", pid);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sum(metrics(cluster, ""), up(cluster, "UserService-1")) == 1);
  }

  @Test
  void oneSlotIsAskedAlone(Cluster cluster) throws IOException {
    String text = metrics(cluster, "?slot=UserService-1");

    assertThat(text).contains("slot=\"UserService-1\"").doesNotContain("slot=\"gateway-1\"");
    Answer unknown = new ControlApi(cluster.home()).get("/metrics?slot=Nobody-1");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("no slot 'Nobody-1'", "UserService-1");
  }

  @Test
  void thereIsATargetForEachSlot(Cluster cluster) throws IOException {
    JsonNode targets = new ControlApi(cluster.home()).get("/metrics/targets").json();

    assertThat(targets)
        .extracting(target -> target.at("/labels/__param_slot").asText())
        .containsExactlyInAnyOrderElementsOf(cluster.pids().keySet());
  }

  private static String up(Cluster cluster, String slot) {
    return "troupe_scrape_up{service=\"%s\",slot=\"%s\"}"
        .formatted(cluster.slot(slot).service(), slot);
  }

  private static String metrics(Cluster cluster, String query) throws IOException {
    Answer answer = new ControlApi(cluster.home()).get("/metrics" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  /** The sum of all samples that begin so. */
  private static double sum(String text, String begin) {
    return Arrays.stream(text.split("\n"))
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
