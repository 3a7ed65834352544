package dev.troupe.seed.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterMetricsTest {
  @TempDir Path home;

  private String text(SlotStatus... slots) throws IOException {
    Settings settings = SettingsLoader.load(home, Map.of());
    RegistryView view =
        new RegistryView(
            List.of(),
            Map.of(
                "UserService",
                new ServiceView(new ServiceDescriptor("UserService", "1", List.of()), 12, 3)),
            List.of());
    return new String(
        ClusterMetrics.text(new ClusterStatus(null, List.of(slots)), view, settings), UTF_8);
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
        3,
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
}
