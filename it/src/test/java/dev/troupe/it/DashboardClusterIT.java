package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of the cluster and of a service in a real browser. */
final class DashboardClusterIT extends BesideFakeSeedNode {
  @Test
  void aNodeThatLacksWhatAnotherHasIsMarkedAndSoIsASilentOne() throws Exception {
    Map<String, Object> entry =
        Map.of("slot", "Shop-1", "registered", 2, "heard", 2, "sequence", 77, "age_millis", 300);
    Map<String, Object> problem =
        Map.of("slot", "Shop-1", "kind", "NO_REGISTRATION", "have", 0, "other", 2, "at", "Shop-1");
    seed.answer(
        "/cluster/data",
        Map.of(
            "lag_millis",
            3000,
            "agree",
            false,
            "nodes",
            List.of(
                node("Shop-1", false, List.of(), List.of(entry)),
                node("Shop-2", false, List.of(problem), List.of()),
                node("Shop-3", true, List.of(), List.of()))));
    browser.open(seed.url("/ui/cluster"));
    browser.awaitText("table[aria-label=Nodes]", "silent");
    assertThat(texts("table[aria-label=Nodes] .state")).containsExactly("same", "behind", "silent");
    assertThat(browser.text("tr[data-key='Shop-2']"))
        .contains("lacks the registration of Shop-1, which Shop-1 has (generation 2)");
    assertThat(browser.text("main"))
        .contains("1 of 2 nodes lack what another node has. 1 of 3 nodes did not answer.");
    assertThat(browser.text("table[aria-label=Entries]")).contains("0.3 s ago · #77");
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void theCallsAroundAServiceAreAPictureWithLinksAndATable() throws Exception {
    seed.answer(
        "/services/Shop",
        Map.of(
            "service",
            "Shop",
            "requests",
            7,
            "errors",
            0,
            "instances",
            List.of(),
            "callers",
            List.of()));
    graph(100, 0);
    browser.open(seed.url("/ui/services/Shop"));
    browser.awaitText("table[aria-label='Calls between services']", "gateway");
    assertThat(browser.text("tr[data-key='gateway→Shop'] [data-label='Calls/s']"))
        .as("one answer has no rate")
        .isEqualTo("–");
    graph(500, 300);
    browser.until(
        page ->
            browser.text("svg [data-key='gateway→Shop'] text").contains("/s errors · 2 waiting"));
    assertThat(texts("svg a")).containsExactly("gateway", "Stock");
    assertThat(
            browser.script("return document.querySelector('svg [data-key$=Stock]').dataset.mood"))
        .isEqualTo("bad");
    assertThat(browser.text("tr[data-key='Shop→Stock']")).contains("open");
    assertThat(browser.text("table[aria-label='Storage and queues']"))
        .contains("events of Stock", "4", "1 m");
    assertThat(browser.barriers()).isEmpty();

    browser.size(390, 900);
    assertThat(
            browser.script("return getComputedStyle(document.querySelector('svg.graph')).display"))
        .as("its texts would be too small")
        .isEqualTo("none");
    browser.size(1280, 900);
    seed.answer(
        "/services/Stock/graph",
        Map.of("service", "Stock", "edges", List.of(), "actions", List.of(), "work", List.of()));
    seed.answer(
        "/services/Stock",
        Map.of(
            "service",
            "Stock",
            "requests",
            0,
            "errors",
            0,
            "instances",
            List.of(),
            "callers",
            List.of()));
    browser.script(
        "document.querySelector('svg a:last-of-type').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))");
    browser.until(page -> browser.url().endsWith("/ui/services/Stock"));
    browser.awaitText("h1", "Stock");
    browser.back();
    browser.awaitText("svg", "gateway");
  }

  private static Map<String, Object> edge(
      String from, String to, long calls, long errors, String breaker) {
    Map<String, Object> edge = new HashMap<>();
    edge.put("from", from);
    edge.put("to", to);
    edge.put("slot", from + "-1");
    edge.put("generation", 1);
    edge.put("calls", calls);
    edge.put("errors", errors);
    edge.put("breaker", breaker);
    edge.put("waiting", from.equals("gateway") ? 2 : 0);
    edge.put("in_progress", 3);
    return edge;
  }

  private void graph(long calls, long errors) {
    seed.answer(
        "/services/Shop/graph",
        Map.of(
            "service",
            "Shop",
            "actions",
            List.of(
                Map.of(
                    "action",
                    "buy",
                    "processes",
                    List.of(Map.of("slot", "Shop-1", "generation", 1, "calls", 7, "errors", 1)),
                    "p50_seconds",
                    0.0012)),
            "edges",
            List.of(
                edge("gateway", "Shop", calls, errors, "closed"),
                edge("Shop", "Stock", 1, 0, "open")),
            "work",
            List.of(
                gauge("troupe_outbox_waiting", 4), gauge("troupe_outbox_oldest_age_seconds", 61))));
  }

  private static Map<String, Object> gauge(String name, double value) {
    return Map.of(
        "slot", "Shop-1", "name", name, "labels", Map.of("source", "Stock"), "value", value);
  }

  private static Map<String, Object> node(
      String slot, boolean silent, List<Object> problems, List<Object> entries) {
    return Map.of(
        "slot",
        slot,
        "service",
        "Shop",
        "silent",
        silent,
        "synced",
        true,
        "registrations",
        entries.size(),
        "heartbeats",
        entries.size(),
        "dropped",
        0,
        "problems",
        problems,
        "entries",
        entries);
  }
}
