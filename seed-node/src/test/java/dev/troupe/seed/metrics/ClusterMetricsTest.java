package dev.troupe.seed.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.metrics.MetricFamily;
import dev.troupe.protocol.metrics.MetricKind;
import dev.troupe.protocol.metrics.MetricPoint;
import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.seed.query.NodeReports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterMetricsTest {
  @TempDir Path home;

  private String text(SlotStatus... slots) throws IOException {
    return text(NodeReports.none(), null, slots);
  }

  private String text(NodeReports<MetricsReport> scrape, @Nullable String slot, SlotStatus... slots)
      throws IOException {
    Settings settings = SettingsLoader.load(home, Map.of());
    RegistryView view =
        new RegistryView(
            List.of(),
            Map.of(
                "UserService",
                new ServiceView(new ServiceDescriptor("UserService", "1", List.of()), 12, 3)),
            List.of());
    return new String(
        ClusterMetrics.text(new ClusterStatus(null, List.of(slots)), view, scrape, settings, slot),
        UTF_8);
  }

  private static SlotStatus slot(String name, SlotState state, int restarts) {
    return new SlotStatus(
        name,
        "UserService",
        state,
        4,
        17L,
        null,
        Instant.EPOCH,
        1500L,
        restarts,
        3 - restarts,
        null,
        null,
        List.of());
  }

  @Test
  void aSlotHasOneStateAndItsBudget() throws IOException {
    String text = text(slot("UserService-1", SlotState.BACKING_OFF, 2));

    assertThat(text.lines())
        .contains(
            "# TYPE troupe_slot_state gauge",
            "troupe_slot_state{service=\"UserService\",slot=\"UserService-1\",state=\"backing-off\"} 1.0",
            "troupe_slot_state{service=\"UserService\",slot=\"UserService-1\",state=\"running\"} 0.0",
            "troupe_slot_generation_total{service=\"UserService\",slot=\"UserService-1\"} 4.0",
            "troupe_slot_start_duration_seconds{service=\"UserService\",slot=\"UserService-1\"} 1.5",
            "troupe_slot_restart_budget_left{service=\"UserService\",slot=\"UserService-1\"} 1.0");
  }

  @Test
  void aServiceHasItsTotals() throws IOException {
    assertThat(text().lines())
        .contains(
            "# TYPE troupe_service_requests_total counter",
            "troupe_service_requests_total{service=\"UserService\"} 12.0",
            "troupe_service_errors_total{service=\"UserService\"} 3.0");
  }

  @Test
  void eachFamilyIsDescribedOnce() throws IOException {
    String text =
        text(
            slot("UserService-1", SlotState.RUNNING, 0),
            slot("UserService-2", SlotState.RUNNING, 0));

    assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
  }

  @Test
  void whatNodesTellHasTheirLabels() throws IOException {
    MetricFamily waits =
        new MetricFamily(
            "wait_seconds",
            MetricKind.HISTOGRAM,
            "How long.",
            List.of(0.5, 1.0),
            List.of(new MetricPoint(Map.of("how", "well"), 7.5, List.of(2L, 0L, 1L))));

    assertThat(text(reported(waits), null, slot("UserService-1", SlotState.RUNNING, 0)).lines())
        .contains(
            "# TYPE wait_seconds histogram",
            "wait_seconds_bucket{how=\"well\",service=\"UserService\",slot=\"UserService-1\",le=\"0.5\"} 2",
            "wait_seconds_bucket{how=\"well\",service=\"UserService\",slot=\"UserService-1\",le=\"+Inf\"} 3",
            "wait_seconds_sum{how=\"well\",service=\"UserService\",slot=\"UserService-1\"} 7.5",
            "troupe_scrape_up{service=\"UserService\",slot=\"UserService-1\"} 1.0");
  }

  @Test
  void aSilentNodeIsDown() throws IOException {
    assertThat(text(slot("UserService-1", SlotState.RUNNING, 0)).lines())
        .contains("troupe_scrape_up{service=\"UserService\",slot=\"UserService-1\"} 0.0");
  }

  @Test
  void malformedSamplesAreCountedAndSpoilNothing() throws IOException {
    MetricPoint point = new MetricPoint(Map.of(), 1);
    NodeReports<MetricsReport> scrape =
        reported(
            family("depth", MetricKind.GAUGE, point, point),
            family("depth", MetricKind.COUNTER, point),
            family("wait_count", MetricKind.GAUGE, point),
            family("bad name", MetricKind.GAUGE, point),
            family("wait_seconds", MetricKind.HISTOGRAM, point),
            family("done", MetricKind.COUNTER, new MetricPoint(Map.of(), -1)),
            family("other", MetricKind.GAUGE, new MetricPoint(Map.of("slot", "another"), 1)));

    assertThat(text(scrape, null, slot("UserService-1", SlotState.RUNNING, 0)).lines())
        .contains(
            "depth{service=\"UserService\",slot=\"UserService-1\"} 1.0",
            "troupe_scrape_dropped_samples{service=\"UserService\",slot=\"UserService-1\"} 7.0");
  }

  @Test
  void oneSlotHasOnlyItsOwnSamples() throws IOException {
    String text =
        text(
            NodeReports.none(),
            "UserService-2",
            slot("UserService-1", SlotState.RUNNING, 0),
            slot("UserService-2", SlotState.RUNNING, 0));

    assertThat(text).contains("UserService-2").doesNotContain("UserService-1", "troupe_service_");
  }

  private static NodeReports<MetricsReport> reported(MetricFamily... families) {
    return new NodeReports<>(
        Map.of(
            "UserService-1",
            new MetricsReport(1, MetricsReport.VERSION, "UserService-1", List.of(families), 0)),
        false);
  }

  private static MetricFamily family(String name, MetricKind kind, MetricPoint... points) {
    return new MetricFamily(name, kind, "Help.", List.of(), List.of(points));
  }
}
