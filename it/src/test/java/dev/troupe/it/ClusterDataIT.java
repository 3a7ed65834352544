package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each node of a cluster says that it holds of Distributed Data. */
@OnSharedCluster
final class ClusterDataIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void allNodesHoldAnEntryOfEachSlot(Cluster cluster) throws IOException {
    await().atMost(PATIENCE).until(() -> data(cluster, "").at("/agree").asBoolean());
    JsonNode data = data(cluster, "");
    List<String> slots = List.copyOf(cluster.pids().keySet());

    assertThat(data.at("/nodes"))
        .extracting(node -> node.get("slot").asText())
        .containsExactlyInAnyOrderElementsOf(slots);
    for (JsonNode node : data.at("/nodes")) {
      assertThat(node.get("registrations").asInt()).isEqualTo(slots.size());
      for (JsonNode entry : node.get("entries")) {
        assertThat(entry.get("heard").asInt())
            .as("%s at %s", entry, node.get("slot"))
            .isEqualTo(cluster.slot(entry.get("slot").asText()).generation());
        assertThat(entry.get("sequence").asLong()).isPositive();
      }
    }
  }

  @Test
  void aStoppedNodeIsSilentAndHoldsNobodyUp(Cluster cluster) throws IOException {
    await().atMost(PATIENCE).until(() -> data(cluster, "").at("/agree").asBoolean());
    long pid = cluster.pid("OrderService-1");
    cluster.signal("STOP", pid);
    try {
      // The threads of a process do not stop all at once.
      await().atMost(PATIENCE).until(() -> !data(cluster, "").at("/agree").asBoolean());
      JsonNode data = data(cluster, "");
      assertThat(node(data, "OrderService-1").get("silent").asBoolean()).isTrue();
      assertThat(node(data, "UserService-1").get("silent").asBoolean()).isFalse();
    } finally {
      cluster.signal("CONT", pid);
    }
    await().atMost(PATIENCE).until(() -> data(cluster, "").at("/agree").asBoolean());
  }

  @Test
  void theEntriesOfOneNodeAreThereAlone(Cluster cluster) throws IOException {
    JsonNode data = data(cluster, "?slot=UserService-1");

    assertThat(node(data, "UserService-1").get("entries")).isNotEmpty();
    assertThat(node(data, "gateway-1").get("entries")).isEmpty();
    Answer unknown = new ControlApi(cluster.home()).get("/cluster/data?slot=Nobody-1");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("no slot 'Nobody-1'", "UserService-1");
  }

  private static JsonNode node(JsonNode data, String slot) {
    for (JsonNode node : data.at("/nodes")) {
      if (node.get("slot").asText().equals(slot)) {
        return node;
      }
    }
    throw new AssertionError("no node " + slot + " in " + data);
  }

  private static JsonNode data(Cluster cluster, String query) throws IOException {
    Answer answer = new ControlApi(cluster.home()).get("/cluster/data" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
